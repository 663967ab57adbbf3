package org.superpose.runner.workbench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.problem.ProblemInstance;

/**
 * Warns of features of one instance whose names look alike and of such that have one name: in a file of others that is
 * mostly a slip, which silently makes two features of what was meant as one. Each is told once, and not too many.
 */
public final class NameWarnings {
    private static final int MOST = 10;

    private final Consumer<String> listener;
    private final Set<String> told = new HashSet<>();

    /**
     * Warns a listener.
     *
     * @param listener is given one sentence at a time
     */
    public NameWarnings(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Writes warnings to the log, where nobody reads a terminal. */
    public static NameWarnings logged() {
        return new NameWarnings(
                warning -> System.getLogger(NameWarnings.class.getName()).log(System.Logger.Level.WARNING, warning));
    }

    /** Looks at the names of an instance. */
    public void check(ProblemInstance instance) {
        check("inputs", instance.inputNames());
        check("outputs", instance.outputNames());
    }

    private synchronized void check(String features, FeatureNames names) {
        if (told.size() > MOST) {
            return;
        }
        List<LookAlike> found = LookAlike.in(names, MOST + 1);
        for (LookAlike each : found) {
            tell(each.describe(features));
        }
    }

    private void tell(String warning) {
        if (told.size() <= MOST && told.add(warning)) {
            listener.accept(told.size() <= MOST ? warning : "there are more such names; no more of them are shown");
        }
    }
}
