package org.superpose.runner.workbench;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.bounds.LowerBound;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.construction.WidthTooSmallException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/** Draws instances, builds networks, verifies and measures them, by the ids of plugins. */
@Singleton
public final class Workbench {
    private final Catalog<Problem> problems;
    private final Catalog<Construction> constructions;
    private final Catalog<Verifier> verifiers;

    @Inject
    public Workbench(Catalog<Problem> problems, Catalog<Construction> constructions, Catalog<Verifier> verifiers) {
        this.problems = problems;
        this.constructions = constructions;
        this.verifiers = verifiers;
    }

    /**
     * The same workbench with other verifiers in the places of some.
     *
     * @param replacement gives the verifier to take the place of another, of the same id; or the other itself
     */
    public Workbench replacingVerifiers(UnaryOperator<Verifier> replacement) {
        return new Workbench(problems, constructions, verifiers.replacing(replacement));
    }

    /**
     * A network that was built and verified.
     *
     * @param built the network with its instance
     * @param verdict what the verifier found
     * @param measurement the row of results
     */
    public record Outcome(BuiltNetwork built, Verdict verdict, Measurement measurement) {}

    /**
     * Draws one instance.
     *
     * @param assignments the problem's parameters; others are refused
     */
    public ProblemInstance instance(String problem, Assignments assignments, Seed seed) {
        Problem chosen = problems.require(problem);
        assignments.requireDeclaredBy(chosen);
        return chosen.instantiate(assignments.of("problem", chosen), seed);
    }

    /**
     * Draws one instance for a construction to come.
     *
     * @param assignments the parameters of the problem and of the construction; others are refused
     */
    public ProblemInstance instance(String problem, String construction, Assignments assignments, Seed seed) {
        Problem chosen = problems.require(problem);
        assignments.requireDeclaredBy(chosen, constructions.require(construction));
        return chosen.instantiate(assignments.of("problem", chosen), seed);
    }

    /**
     * Builds a network.
     *
     * @param assignments the parameters of both; each goes to whichever declares it
     * @param instanceSeed the seed of the instance
     * @param seed the seed of the network
     */
    public BuiltNetwork build(
            String problem, String construction, Assignments assignments, Seed instanceSeed, Seed seed) {
        return build(instance(problem, construction, assignments, instanceSeed), construction, assignments, seed);
    }

    /**
     * Builds a network for an instance.
     *
     * @throws InvalidInputException if the construction does not accept the instance, or its parameters do not fit
     */
    public BuiltNetwork build(ProblemInstance instance, String construction, Assignments assignments, Seed seed) {
        Construction chosen = requireAccepted(instance, construction);
        ParameterValues parameters = assignments.of("construction", chosen);
        requireMemory(parameters);
        return new BuiltNetwork(instance, chosen.build(instance, parameters, seed));
    }

    /**
     * The construction, if it builds for an instance.
     *
     * @throws InvalidInputException if it does not accept the instance; the message has the reason
     */
    public Construction requireAccepted(ProblemInstance instance, String construction) {
        Construction chosen = constructions.require(construction);
        chosen.accepts(instance)
                .require(reason -> new InvalidInputException("construction " + construction + " does not accept this "
                        + instance.problem() + ": " + reason));
        return chosen;
    }

    /** Insists that one square matrix of single bits fits the heap: no construction with a width does with less. */
    private static void requireMemory(ParameterValues parameters) {
        long width = parameters.asMap().get(ConstructionParameters.WIDTH.name()) instanceof Integer given ? given : 0;
        long heap = Runtime.getRuntime().maxMemory();
        if (width * width / Byte.SIZE > heap) {
            throw new InvalidInputException(
                    "width " + width + " needs at least " + (width * width / Byte.SIZE >> 20)
                            + " MiB of heap for each weight matrix, but Java has " + (heap >> 20)
                            + " MiB: width must be smaller, or Java be given more, for example with SUPERPOSE_JAVA_OPTIONS=-Xmx8g");
        }
    }

    /**
     * Verifies a network.
     *
     * @throws InvalidInputException if the verifier does not accept it
     */
    public Verdict verify(BuiltNetwork built, String verifier, VerificationBudget budget) {
        Verifier chosen = verifiers.require(verifier);
        requireAccepted(built, chosen);
        return chosen.verify(built, budget);
    }

    private static void requireAccepted(BuiltNetwork built, Verifier verifier) {
        verifier.accepts(built)
                .require(reason -> new InvalidInputException(
                        "verifier " + verifier.id() + " cannot decide this network: " + reason));
    }

    /**
     * Verifies a network, going on where the file says that an earlier run was cut off. Where the budget cuts this run
     * off, the file is written; where there is nothing to go on with, it is removed.
     *
     * @param verifier the id of one that can be resumed, or of {@code auto}: the one in the file, else the first of its
     *     plan
     * @throws InvalidInputException if the verifier cannot be resumed or does not accept the network, or the file
     *     belongs to another run
     */
    public Verdict verifyResumably(BuiltNetwork built, String verifier, VerificationBudget budget, ResumeFile file) {
        file.requireWritable();
        String id =
                verifier.equals(AutoVerifier.ID) ? file.verifier().orElseGet(() -> firstResumable(built)) : verifier;
        if (!(verifiers.require(id) instanceof ResumableVerifier chosen)) {
            throw new InvalidInputException(
                    "verifier " + id + " cannot be resumed; those that can are " + String.join(", ", resumable()));
        }
        requireAccepted(built, chosen);
        ResumableVerifier.Run run = chosen.resume(built, budget, file.read(built, id));
        if (run.verdict() instanceof Verdict.Undecided undecided
                && !run.coverage().isEmpty()) {
            file.write(built, id, run.coverage(), undecided.inputsCovered());
        } else {
            file.remove();
        }
        return run.verdict();
    }

    private List<String> resumable() {
        return verifiers.plugins().stream()
                .filter(plugin -> plugin instanceof ResumableVerifier)
                .map(Plugin::id)
                .toList();
    }

    private String firstResumable(BuiltNetwork built) {
        List<String> known = resumable();
        return new AutoVerifier(verifiers.plugins())
                .plan(built).stream()
                        .filter(option -> Double.isFinite(option.cost()) && known.contains(option.verifier()))
                        .map(AutoVerifier.Option::verifier)
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidInputException("no verifier that can be resumed decides this network"));
    }

    /** Draws, builds, verifies, measures. */
    public Outcome buildAndVerify(
            String problem,
            String construction,
            Assignments assignments,
            Seed instanceSeed,
            Seed seed,
            String verifier,
            VerificationBudget budget) {
        long start = System.nanoTime();
        BuiltNetwork built = build(problem, construction, assignments, instanceSeed, seed);
        return verifyAndMeasure(built, verifier, budget, start);
    }

    /**
     * One try of a width search: the measurement if the network of this width was verified.
     *
     * @return empty if the width is too small for the construction, or the network was not verified
     */
    public Optional<Measurement> attempt(
            ProblemInstance instance,
            String construction,
            Assignments assignments,
            int width,
            Seed seed,
            String verifier,
            VerificationBudget budget) {
        return Optional.of(trial(instance, construction, assignments, width, seed, verifier, budget))
                .filter(row -> row.text(Measurement.VERDICT).equals(Measurement.VERIFIED));
    }

    /**
     * One try of a width search, whatever came of it.
     *
     * @return the measurement of the network; if the width is too small for the construction, a row that says so
     */
    public Measurement trial(
            ProblemInstance instance,
            String construction,
            Assignments assignments,
            int width,
            Seed seed,
            String verifier,
            VerificationBudget budget) {
        long start = System.nanoTime();
        BuiltNetwork built;
        try {
            built = build(instance, construction, assignments.with(ConstructionParameters.WIDTH.name(), width), seed);
        } catch (WidthTooSmallException tooSmall) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put(Measurement.PROBLEM, instance.problem());
            row.put(Measurement.CONSTRUCTION, construction);
            row.put(Measurement.INPUTS, instance.inputs());
            row.put(Measurement.OUTPUTS, instance.outputs());
            row.put(Measurement.MAX_ACTIVE, instance.maxActive());
            row.put(Measurement.WIDTH, width);
            row.put(Measurement.INSTANCE_SEED, instance.seed());
            row.put(Measurement.SEED, seed.value());
            row.put(Measurement.VERDICT, Measurement.TOO_SMALL);
            return Measurement.of(row);
        }
        return verifyAndMeasure(built, verifier, budget, start).measurement();
    }

    /** The row of results that is known before verification: what was asked for, the sizes and the metrics. */
    public Measurement describe(BuiltNetwork built) {
        Measurement row = NetworkMetrics.of(built);
        row = withDefaults(row, problems, built.instance().problem());
        return withDefaults(row, constructions, built.network().provenance().construction());
    }

    /**
     * A parameter that was not given is in the results too: rows of two runs must be comparable when a default changes.
     */
    private static Measurement withDefaults(Measurement row, Catalog<?> catalog, String id) {
        Measurement all = row;
        for (Plugin plugin : catalog.plugins()) {
            for (Parameter<?> parameter : plugin.id().equals(id) ? plugin.parameters() : List.<Parameter<?>>of()) {
                String field = Measurement.fieldOf(parameter.name());
                if (parameter.defaultValue().isPresent() && !all.fields().containsKey(field)) {
                    all = all.with(field, parameter.defaultValue().get());
                }
            }
        }
        return all;
    }

    private Outcome verifyAndMeasure(BuiltNetwork built, String verifier, VerificationBudget budget, long start) {
        Verdict verdict = verify(built, verifier, budget);
        double seconds = (System.nanoTime() - start) / 1e9;
        Measurement measurement = describe(built)
                .with(Measurement.VERDICT, verdict.status())
                .with(Measurement.METHOD, verdict.method())
                .with(Measurement.INPUTS_COVERED, count(verdict.inputsCovered()))
                .with(Measurement.DOMAIN_SIZE, count(verdict.domainSize()))
                .with(Measurement.SECONDS, seconds);
        return new Outcome(built, verdict, withCounterexample(measurement, verdict));
    }

    /**
     * L, the fewest weight matrices that the bounds are usually stated for: one where every output copies an input,
     * else two.
     */
    public static int matricesNeeded(ProblemInstance instance) {
        return instance.layers().stream().allMatch(gates -> gates.maxFanIn() == 1) ? 1 : 2;
    }

    /** The width at which a search starts: the information limit at one bit per weight. */
    public int startWidth(ProblemInstance instance) {
        return (int) Math.max(1, LowerBound.of(instance).leastWidth(1, matricesNeeded(instance)));
    }

    private static Measurement withCounterexample(Measurement measurement, Verdict verdict) {
        if (!(verdict instanceof Verdict.Refuted refuted)) {
            return measurement;
        }
        Counterexample wrong = refuted.counterexample();
        String input = IntStream.range(0, wrong.input().size())
                .mapToObj(s -> Integer.toString(wrong.input().get(s)))
                .collect(Collectors.joining(" "));
        return measurement
                .with(Measurement.COUNTEREXAMPLE_INPUT, input)
                .with(Measurement.COUNTEREXAMPLE_OUTPUT, wrong.output())
                .with(Measurement.COUNTEREXAMPLE_EXPECTED, wrong.expected());
    }

    /** A count as it stands in results: a number up to 2^53, a text beyond, where JSON readers lose digits. */
    public static Object count(BigInteger count) {
        return count.bitLength() <= 53 ? (Object) count.longValueExact() : count.toString();
    }
}
