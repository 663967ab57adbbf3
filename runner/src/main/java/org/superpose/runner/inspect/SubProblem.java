package org.superpose.runner.inspect;

import java.util.EnumMap;
import java.util.Map;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.Gates;

/**
 * The sub-problems that the outputs of a map fall into by the influence of what they read: an input is heavy if more
 * than m'^(1/4) outputs read it (theory, section 4).
 */
@Reference(value = "Figure 5: partition", standing = Standing.RECONSTRUCTED)
public enum SubProblem {
    HEAVY("heavy inputs only"),
    MIXED("heavy and light inputs"),
    LIGHT("light inputs only");

    private final String title;

    SubProblem(String title) {
        this.title = title;
    }

    /** A few words. */
    public String title() {
        return title;
    }

    /** Whether more than m'^(1/4) outputs read an input. */
    public static boolean isHeavy(Gates gates, int input) {
        return gates.influence(input) > Math.pow(gates.outputs(), 0.25);
    }

    /** How many outputs belong to each sub-problem that has some. */
    public static Map<SubProblem, Integer> counts(Gates gates) {
        Map<SubProblem, Integer> counts = new EnumMap<>(SubProblem.class);
        for (int i = 0; i < gates.outputs(); i++) {
            counts.merge(of(gates, i), 1, Integer::sum);
        }
        return counts;
    }

    /** Where an output belongs. */
    public static SubProblem of(Gates gates, int output) {
        int heavy = 0;
        for (int t = 0; t < gates.fanIn(output); t++) {
            heavy += isHeavy(gates, gates.read(output, t)) ? 1 : 0;
        }
        return heavy == 0 ? LIGHT : heavy == gates.fanIn(output) ? HEAVY : MIXED;
    }
}
