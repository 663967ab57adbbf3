package org.superpose.problems;

import java.util.LinkedHashMap;
import java.util.Map;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Draws instances as the command line does: by id and texts. */
final class Instances {
    private static final Catalog<Problem> PROBLEMS =
            Catalog.load("problem", Problem.class, Instances.class.getClassLoader());

    private Instances() {}

    static Catalog<Problem> catalog() {
        return PROBLEMS;
    }

    /** @param settings names and values in turn */
    static ProblemInstance draw(long seed, String problem, Object... settings) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int t = 0; t < settings.length; t += 2) {
            given.put(settings[t].toString(), settings[t + 1].toString());
        }
        Problem plugin = PROBLEMS.require(problem);
        return plugin.instantiate(
                ParameterValues.parse("problem " + problem, plugin.parameters(), given), new Seed(seed));
    }
}
