package org.superpose.runner.experiment;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.random.Seed;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/** What the tests of experiments and statistics build with. */
public final class Bench {
    private static final Injector INJECTOR = Guice.createInjector(new SuperposeModule());

    private Bench() {}

    public static Workbench workbench() {
        return INJECTOR.getInstance(Workbench.class);
    }

    public static Catalog<Experiment> experiments() {
        return INJECTOR.getInstance(Key.get(new TypeLiteral<Catalog<Experiment>>() {}));
    }

    /** A network by ids; assignments as name, value, name, value, ... */
    public static BuiltNetwork build(String problem, String construction, String... assignments) {
        return workbench()
                .build(new NetworkRecipe(
                        problem,
                        construction,
                        new Assignments(map(assignments)),
                        new Seed(5).child("instance"),
                        new Seed(5)));
    }

    /** Parameter values of an experiment as {@code --set} gives them. */
    public static ParameterValues values(Experiment experiment, String... assignments) {
        return new Assignments(map(assignments)).requireDeclaredBy(experiment).of("experiment", experiment);
    }

    private static Map<String, String> map(String... assignments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int t = 0; t < assignments.length; t += 2) {
            values.put(assignments[t], assignments[t + 1]);
        }
        return values;
    }
}
