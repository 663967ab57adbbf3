package org.superpose.runner.workbench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.superpose.bounds.Metrics;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;

/** The rows of results of networks. */
public final class NetworkMetrics {
    private NetworkMetrics() {}

    /**
     * The row that is known before verification: what was asked for, the sizes and the metrics.
     *
     * @param declared the parameters of problem and construction. One that was not given is in the row with its
     *     default, so that the rows of two runs can be compared when a default changes
     */
    public static Measurement of(BuiltNetwork built, List<Parameter<?>> declared) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(Measurement.PROBLEM, instance.problem());
        row.put(Measurement.CONSTRUCTION, network.provenance().construction());
        row.put(Measurement.INPUTS, instance.inputs());
        row.put(Measurement.OUTPUTS, instance.outputs());
        row.put(Measurement.MAX_ACTIVE, instance.maxActive());
        row.put(Measurement.FAN_IN, fanIn(instance));
        row.put(Measurement.INSTANCE_SEED, instance.seed());
        row.put(Measurement.SEED, network.provenance().seed());
        row.put(Measurement.WIDTH, network.width());
        network.embeddingWidth().ifPresent(width -> row.put(Measurement.EMBEDDING_WIDTH, width));
        row.put(Measurement.LAYERS, network.matrices());
        Metrics metrics = Metrics.of(built);
        row.put(Measurement.SUPERPOSITION_RATIO, finite(Optional.of(metrics.superpositionRatio())));
        row.put(Measurement.KAPPA, finite(Optional.of(metrics.kappa())));
        row.put(Measurement.WIDTH_LIMIT, finite(metrics.widthLimit()));
        row.put(Measurement.LIMIT_RATIO, finite(metrics.limitRatio()));
        if (network.departure().isPresent()) {
            row.put(Measurement.WIDTH_LIMIT_COUNTS, countedMatrices(network));
        }
        row.put(Measurement.WEIGHT_BITS, metrics.weightBits());
        row.put(Measurement.BIT_EFFICIENCY, finite(metrics.bitEfficiency()));
        instance.parameters().asMap().forEach((name, value) -> row.putIfAbsent(Measurement.fieldOf(name), value));
        network.provenance().parameters().forEach((name, value) -> row.putIfAbsent(Measurement.fieldOf(name), value));
        for (Parameter<?> parameter : declared) {
            parameter.defaultValue().ifPresent(value -> row.putIfAbsent(Measurement.fieldOf(parameter.name()), value));
        }
        return Measurement.of(row).madeWith(built.plugins());
    }

    /** The row of a network that was verified, or was tried to be. */
    static Measurement of(Workbench.Outcome outcome) {
        Verdict verdict = outcome.verdict();
        Map<String, Object> row =
                new LinkedHashMap<>(of(outcome.built(), outcome.declared()).fields());
        row.put(Measurement.VERDICT, verdict.status());
        row.put(Measurement.METHOD, verdict.method());
        row.put(Measurement.INPUTS_COVERED, Measurement.count(verdict.inputsCovered()));
        row.put(Measurement.DOMAIN_SIZE, Measurement.count(verdict.domainSize()));
        row.put(Measurement.SECONDS, outcome.seconds());
        if (verdict instanceof Verdict.Refuted refuted) {
            Counterexample wrong = refuted.counterexample();
            row.put(
                    Measurement.COUNTEREXAMPLE_INPUT,
                    Arrays.stream(wrong.input().toArray())
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" ")));
            row.put(Measurement.COUNTEREXAMPLE_OUTPUT, wrong.output());
            row.put(Measurement.COUNTEREXAMPLE_EXPECTED, wrong.expected());
        }
        return Measurement.of(row).madeWith(outcome.verifierPlugins());
    }

    /** The row of a recipe whose width is too small for the construction to build anything. */
    public static Measurement ofTooSmall(NetworkRecipe recipe, ProblemInstance instance) {
        return ofNone(recipe, instance).with(Measurement.VERDICT, Measurement.TOO_SMALL);
    }

    /** The row of a recipe whose network takes longer to build than it may. */
    public static Measurement ofOutOfTime(NetworkRecipe recipe, ProblemInstance instance) {
        return ofNone(recipe, instance).with(Measurement.VERDICT, Measurement.OUT_OF_TIME);
    }

    private static Measurement ofNone(NetworkRecipe recipe, ProblemInstance instance) {
        return unbuilt(recipe, instance)
                .with(
                        Measurement.WIDTH,
                        recipe.assignments().find(ConstructionParameters.WIDTH).orElse(null))
                .with(Measurement.INSTANCE_SEED, instance.seed())
                .with(Measurement.SEED, recipe.seed().value());
    }

    /** The row of a search that came to no verified network. */
    public static Measurement ofNotFound(NetworkRecipe recipe, ProblemInstance instance) {
        return unbuilt(recipe, instance).with(Measurement.VERDICT, Measurement.NOT_FOUND);
    }

    private static Measurement unbuilt(NetworkRecipe recipe, ProblemInstance instance) {
        return Measurement.of(Map.of())
                .with(Measurement.PROBLEM, instance.problem())
                .with(Measurement.CONSTRUCTION, recipe.construction())
                .with(Measurement.INPUTS, instance.inputs())
                .with(Measurement.OUTPUTS, instance.outputs())
                .with(Measurement.MAX_ACTIVE, instance.maxActive());
    }

    /** For example {@code encoder, hidden layers, read-out}: those of whose numbers the limit takes note. */
    private static String countedMatrices(SuperposedNetwork network) {
        List<String> counted = new ArrayList<>();
        if (network.inputCodes().isIdentity() && network.embeddingWidth().isPresent()) {
            counted.add("encoder");
        }
        if (network.width() > 0) {
            counted.add("hidden layers");
        }
        if (network.decoder().isReadout()) {
            counted.add("read-out");
        }
        return String.join(", ", counted);
    }

    /** A ratio that has no finite value does not apply. */
    private static Double finite(Optional<Double> value) {
        return value.filter(Double::isFinite).orElse(null);
    }

    private static int fanIn(ProblemInstance instance) {
        return instance.layers().stream()
                .mapToInt(gates -> gates.maxFanIn())
                .max()
                .orElseThrow();
    }
}
