package org.superpose.runner.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;

/** A verdict in words. */
public final class VerdictText {
    private VerdictText() {}

    public static List<String> lines(ProblemInstance instance, Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s by %s: %,d of %,d inputs covered (%s)",
                verdict.status(),
                verdict.method(),
                verdict.inputsCovered(),
                verdict.domainSize(),
                instance.domain()));
        if (verdict instanceof Verdict.Refuted refuted) {
            Counterexample counterexample = refuted.counterexample();
            lines.add("counterexample: input " + counterexample.input() + names(instance, counterexample) + ", output "
                    + counterexample.output() + " expected " + onOrOff(counterexample.expected()) + ", got "
                    + onOrOff(counterexample.got()));
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            lines.add(undecided.reason());
            undecided
                    .sampling()
                    .ifPresent(sampling -> lines.add(String.format(
                            Locale.ROOT,
                            "%,d samples were right: error rate at most %.3g at %.4g %% confidence",
                            sampling.samples(),
                            sampling.errorRateBound(),
                            100 * sampling.confidence())));
        }
        return lines;
    }

    private static String names(ProblemInstance instance, Counterexample counterexample) {
        String names = "";
        if (!instance.inputNames().isEmpty()) {
            names += " = " + instance.inputNames().describe(counterexample.input());
        }
        if (!instance.outputNames().isEmpty()) {
            names += " (output \"" + instance.outputNames().name(counterexample.output()) + "\")";
        }
        return names;
    }

    private static String onOrOff(boolean on) {
        return on ? "on" : "off";
    }
}
