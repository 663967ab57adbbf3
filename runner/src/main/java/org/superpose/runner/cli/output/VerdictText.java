package org.superpose.runner.cli.output;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.OutputState;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Sampling;
import org.superpose.core.verify.Verdict;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.ResumeFile;

/** A verdict in words, and as fields of JSON. */
public final class VerdictText {
    private VerdictText() {}

    /** In words, one line or more. */
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
        if (verdict instanceof Verdict.Verified) {
            vacuity(instance).ifPresent(words -> lines.add("vacuous: " + words));
        }
        if (verdict instanceof Verdict.Refuted refuted) {
            Counterexample counterexample = refuted.counterexample();
            lines.add("counterexample: input " + counterexample.input() + names(instance, counterexample) + ", output "
                    + counterexample.output() + " expected "
                    + OutputState.of(counterexample.expected()).words() + ", got "
                    + counterexample.got().words());
            refuted.samples()
                    .ifPresent(samples -> lines.add(String.format(
                            Locale.ROOT,
                            "%,d random inputs were tried: this one is wrong, those before it were right",
                            samples)));
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            lines.add(undecided.reason());
            if (undecided.inputsCovered().signum() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "at most %,d of %,d inputs are wrong: the others are proved right",
                        undecided.mostWrong(),
                        undecided.domainSize()));
            }
            undecided.sampling().ifPresent(sampling -> lines.addAll(lines(undecided, sampling)));
        }
        return lines;
    }

    private static List<String> lines(Verdict.Undecided undecided, Sampling sampling) {
        double percent = 100 * sampling.confidence();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d samples were right: error rate of inputs drawn like them at most %.3g at %.4g %% confidence",
                sampling.samples(),
                sampling.errorRateBound(),
                percent));
        if (sampling.uniformSamples() == 0) {
            return lines;
        }
        String line = String.format(
                Locale.ROOT,
                "%,d of them are uniform over the domain: at most %,d of its %,d inputs (%.3g %%) are wrong "
                        + "at %.4g %% confidence",
                sampling.uniformSamples(),
                undecided.mostWrongWithConfidence(),
                undecided.domainSize(),
                100 * share(undecided, undecided.domainSize()),
                percent);
        if (undecided.inputsCovered().signum() > 0) {
            line += String.format(
                    Locale.ROOT,
                    ", all among the %,d that are not proved right (%.3g %%)",
                    undecided.mostWrong(),
                    100 * share(undecided, undecided.mostWrong()));
        }
        lines.add(line);
        return lines;
    }

    /** The part of a number of inputs that can be wrong, with the confidence of the samples. */
    private static double share(Verdict.Undecided undecided, BigInteger inputs) {
        return inputs.signum() == 0
                ? 0
                : new BigDecimal(undecided.mostWrongWithConfidence())
                        .divide(new BigDecimal(inputs), MathContext.DECIMAL64)
                        .doubleValue();
    }

    /** What is true of an instance whose outputs never change, so that a proof says next to nothing; else empty. */
    public static Optional<String> vacuity(ProblemInstance instance) {
        if (instance.canChange()) {
            return Optional.empty();
        }
        return Optional.of(
                instance.evaluate(FeatureSet.EMPTY).isEmpty()
                        ? "no output is ever on"
                        : "no output ever differs from its resting value");
    }

    /** What a verdict says and on how many inputs, by name. */
    public static Map<String, Object> fields(Verdict verdict) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(Measurement.VERDICT, verdict.status());
        fields.put(Measurement.METHOD, verdict.method());
        fields.put(Measurement.INPUTS_COVERED, Measurement.count(verdict.inputsCovered()));
        fields.put(Measurement.DOMAIN_SIZE, Measurement.count(verdict.domainSize()));
        return fields;
    }

    /** All of a verdict, with the names that inputs and outputs of the instance have. */
    public static Map<String, Object> document(ProblemInstance instance, Verdict verdict) {
        Map<String, Object> document = fields(verdict);
        vacuity(instance).ifPresent(words -> document.put("vacuous", words));
        document.put("counterexample", null);
        if (verdict instanceof Verdict.Refuted refuted) {
            document.put("counterexample", document(instance, refuted.counterexample()));
            refuted.samples().ifPresent(samples -> document.put("samples", samples));
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            document.put("reason", undecided.reason());
            document.put("most_wrong_inputs", Measurement.count(undecided.mostWrong()));
            Optional<Sampling> sampling = undecided.sampling();
            document.put("samples", sampling.map(Sampling::samples).orElse(0L));
            document.put(
                    "error_rate_bound", sampling.map(Sampling::errorRateBound).orElse(1.0));
            document.put("confidence", sampling.map(Sampling::confidence).orElse(0.0));
            document.put(
                    "uniform_samples", sampling.map(Sampling::uniformSamples).orElse(0L));
            document.put("most_wrong_inputs_at_confidence", Measurement.count(undecided.mostWrongWithConfidence()));
            document.put("wrong_share_bound", share(undecided, undecided.domainSize()));
            document.put("wrong_share_bound_of_unproved", share(undecided, undecided.mostWrong()));
        }
        return document;
    }

    /** What a verdict takes from a resume file on trust, in words. */
    public static String line(ResumeFile.Trusted trusted) {
        return String.format(
                Locale.ROOT,
                "%,d of the inputs were not looked at in this run, but taken from %s on trust: those with lowest feature %s",
                trusted.inputs(),
                trusted.file(),
                trusted.ranges());
    }

    /** What a verdict takes from a resume file on trust. */
    public static Map<String, Object> document(ResumeFile.Trusted trusted) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", trusted.file());
        document.put("inputs", Measurement.count(trusted.inputs()));
        document.put("lowest_features", trusted.lowest());
        document.put("before", trusted.upTo().stream().map(FeatureSet::toArray).toList());
        return document;
    }

    private static Map<String, Object> document(ProblemInstance instance, Counterexample counterexample) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("input", counterexample.input().toArray());
        document.put("output", counterexample.output());
        document.put("expected", counterexample.expected());
        OutputState got = counterexample.got();
        document.put("got", got == OutputState.BETWEEN ? null : got == OutputState.ON);
        if (!instance.inputNames().isEmpty()) {
            document.put("input_names", instance.inputNames().describe(counterexample.input()));
        }
        if (!instance.outputNames().isEmpty()) {
            document.put("output_name", instance.outputNames().name(counterexample.output()));
        }
        return document;
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
}
