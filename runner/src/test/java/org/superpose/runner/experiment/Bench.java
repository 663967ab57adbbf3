package org.superpose.runner.experiment;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.util.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.random.Seed;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/** What the runner's own module makes, for tests that need the plugins of the class path. */
public final class Bench {
    private static final Injector INJECTOR = Guice.createInjector(new SuperposeModule());

    private Bench() {}

    public static <T> T of(Class<T> type) {
        return INJECTOR.getInstance(type);
    }

    public static Workbench workbench() {
        return of(Workbench.class);
    }

    /** The catalog of a kind of plugin. */
    @SuppressWarnings("unchecked") // the key says which catalog it is
    public static <P extends Plugin> Catalog<P> catalog(Class<P> kind) {
        return (Catalog<P>) INJECTOR.getInstance(Key.get(Types.newParameterizedType(Catalog.class, kind)));
    }

    public static Catalog<Experiment> experiments() {
        return catalog(Experiment.class);
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
