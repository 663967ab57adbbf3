package org.superpose.runner.workbench;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.VerifierGuard;

/** Draws instances, builds networks and verifies them, by the ids of plugins. */
@Singleton
public final class Workbench {
    private final Catalog<Problem> problems;
    private final Catalog<Construction> constructions;
    private final Catalog<Verifier> verifiers;
    private final NameWarnings names;
    private final Optional<ProblemInstance> definedMap;

    /** A workbench whose warnings go to the log. */
    public Workbench(Catalog<Problem> problems, Catalog<Construction> constructions, Catalog<Verifier> verifiers) {
        this(problems, constructions, verifiers, NameWarnings.logged());
    }

    /**
     * A workbench.
     *
     * @param names is shown every instance that is drawn
     */
    @Inject
    public Workbench(
            Catalog<Problem> problems,
            Catalog<Construction> constructions,
            Catalog<Verifier> verifiers,
            NameWarnings names) {
        this(problems, constructions, verifiers, names, Optional.empty());
    }

    private Workbench(
            Catalog<Problem> problems,
            Catalog<Construction> constructions,
            Catalog<Verifier> verifiers,
            NameWarnings names,
            Optional<ProblemInstance> definedMap) {
        this.problems = problems;
        this.constructions = constructions;
        this.verifiers = VerifierGuard.around(verifiers, VerifierGuard.trusted(verifiers));
        this.names = names;
        this.definedMap = definedMap;
    }

    /**
     * The same workbench with one more problem, whose only instance is the given map; its id is the problem of the map,
     * and it takes the place of a problem of that id.
     */
    public Workbench with(ProblemInstance map) {
        return new Workbench(problems.with(new DefinedProblem(map)), constructions, verifiers, names, Optional.of(map));
    }

    /** The map that {@link #with(ProblemInstance)} gave, if any. */
    public Optional<ProblemInstance> definedMap() {
        return definedMap;
    }

    /** The ids of those verifiers that {@code auto} may take though they are not core's, ascending. */
    public List<String> trustedVerifiers() {
        return VerifierGuard.trusted(verifiers);
    }

    /**
     * The same workbench with some verifiers replaced; those that are not core's stay guarded.
     *
     * @param replacement gives for each verifier another one of the same id, or the verifier itself
     */
    public Workbench replacingVerifiers(UnaryOperator<Verifier> replacement) {
        return new Workbench(
                problems,
                constructions,
                verifiers.replacing(verifier -> VerifierGuard.within(verifier, replacement)),
                names,
                definedMap);
    }

    /**
     * A network that was built and verified.
     *
     * @param built the network with its instance
     * @param declared see {@link #declaredParameters}
     * @param verdict what the verifier found
     * @param verifierPlugins what is recorded of the verifier, if it is not core's
     * @param seconds how long it took to draw, build and verify
     */
    public record Outcome(
            BuiltNetwork built,
            List<Parameter<?>> declared,
            Verdict verdict,
            PluginFiles verifierPlugins,
            double seconds) {
        public Outcome {
            declared = List.copyOf(declared);
        }

        /** The row of results. */
        public Measurement measurement() {
            return NetworkMetrics.of(this);
        }
    }

    /**
     * Draws one instance.
     *
     * @param assignments the problem's parameters; others are refused
     */
    public ProblemInstance instance(String problem, Assignments assignments, Seed seed) {
        Problem chosen = problems.require(problem);
        assignments.requireDeclaredBy(chosen);
        return draw(chosen, assignments, seed);
    }

    /**
     * Draws the instance of a recipe.
     *
     * @throws InvalidInputException if a parameter is one of neither the problem nor the construction
     */
    public ProblemInstance instance(NetworkRecipe recipe) {
        Problem chosen = problems.require(recipe.problem());
        recipe.assignments().requireDeclaredBy(chosen, constructions.require(recipe.construction()));
        return draw(chosen, recipe.assignments(), recipe.instanceSeed());
    }

    private ProblemInstance draw(Problem problem, Assignments assignments, Seed seed) {
        ProblemInstance drawn = problem.instantiate(assignments.of("problem", problem), seed);
        names.check(drawn);
        return drawn;
    }

    /** Draws the instance of a recipe and builds its network. */
    public BuiltNetwork build(NetworkRecipe recipe) {
        return build(recipe, Deadline.NEVER);
    }

    /**
     * Draws the instance of a recipe and builds its network.
     *
     * @throws OutOfTimeException if the construction heeds the deadline, and that is over before the network is there
     */
    public BuiltNetwork build(NetworkRecipe recipe, Deadline deadline) {
        return build(instance(recipe), recipe.construction(), recipe.assignments(), recipe.seed(), deadline);
    }

    /**
     * Builds a network for an instance.
     *
     * @throws InvalidInputException if the construction does not accept the instance, or its parameters do not fit
     */
    public BuiltNetwork build(ProblemInstance instance, String construction, Assignments assignments, Seed seed) {
        return build(instance, construction, assignments, seed, Deadline.NEVER);
    }

    /**
     * Builds a network for an instance.
     *
     * @throws InvalidInputException if the construction does not accept the instance, or its parameters do not fit
     * @throws OutOfTimeException if the construction heeds the deadline, and that is over before the network is there
     */
    public BuiltNetwork build(
            ProblemInstance instance, String construction, Assignments assignments, Seed seed, Deadline deadline) {
        Construction chosen = requireAccepted(instance, construction);
        ParameterValues parameters = assignments.of("construction", chosen);
        requireMemory(parameters);
        SuperposedNetwork network;
        try {
            network = chosen.build(instance, parameters, seed, deadline);
        } catch (OutOfTimeException givenUp) {
            throw new OutOfTimeException("building by " + construction + " was given up: " + givenUp.getMessage());
        }
        return new BuiltNetwork(instance, network, pluginsOf(instance, construction, network));
    }

    private PluginFiles pluginsOf(ProblemInstance instance, String construction, SuperposedNetwork network) {
        List<PluginFiles> made = new ArrayList<>();
        made.add(problems.files(instance.problem()));
        made.add(constructions.files(construction));
        Object blocks = network.provenance().facts().getOrDefault(BlockConstruction.BLOCKS, "");
        for (String block : blocks.toString().split(" ")) {
            made.add(constructions.files(block));
        }
        return PluginFiles.together(made);
    }

    /** What is recorded of the plugins that a recipe names, besides what is Superpose's own. */
    public PluginFiles plugins(NetworkRecipe recipe) {
        return problems.files(recipe.problem()).and(constructions.files(recipe.construction()));
    }

    /** What is recorded of all problems, constructions and verifiers that are not Superpose's own. */
    public PluginFiles plugins() {
        return PluginFiles.together(List.of(problems.files(), constructions.files(), verifiers.files()));
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
        long width = parameters.find(ConstructionParameters.WIDTH).orElse(0);
        long heap = Runtime.getRuntime().maxMemory();
        if (width * width / Byte.SIZE > heap) {
            throw new InvalidInputException("width " + width + " needs at least " + (width * width / Byte.SIZE >> 20)
                    + " MiB of heap for each weight matrix, but Java has " + (heap >> 20)
                    + " MiB: width must be smaller, or Java be given more, "
                    + "for example with SUPERPOSE_JAVA_OPTIONS=-Xmx8g");
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
     * Verifies a network, going on where the file says that an earlier run was cut off. What is covered is written to
     * the file every few minutes and at the end, which comes early if the budget is cancelled. The file stays: it says
     * what the verdict rests on.
     *
     * @param verifier id of one that can be resumed, or {@code auto} for the one in the file, else the first of its
     *     plan
     * @throws InvalidInputException if the verifier cannot be resumed or does not accept the network, or the file
     *     belongs to another run
     */
    public Resumed verifyResumably(BuiltNetwork built, String verifier, VerificationBudget budget, ResumeFile file) {
        file.requireWritable();
        String id = verifier.equals(AutoVerifier.ID) ? resumableOf(file, built) : verifier;
        if (!(verifiers.require(id) instanceof ResumableVerifier chosen)) {
            throw new InvalidInputException(
                    "verifier " + id + " cannot be resumed; those that can are " + String.join(", ", resumable()));
        }
        requireAccepted(built, chosen);
        ResumeFile.Prover prover = new ResumeFile.Prover(id, verifiers.files(id));
        Coverage before = file.read(built, prover);
        Verdict verdict = new KeptVerification(chosen, prover, built, budget, file, System::nanoTime).verify(before);
        return new Resumed(verdict, file.trusted(built.instance().domain(), before));
    }

    /**
     * A verdict and what it takes from a resume file.
     *
     * @param trusted the inputs that were not looked at, because the file says that they were before; empty if all were
     */
    public record Resumed(Verdict verdict, Optional<ResumeFile.Trusted> trusted) {}

    private List<String> resumable() {
        return verifiers.plugins().stream()
                .filter(plugin -> plugin instanceof ResumableVerifier)
                .map(Plugin::id)
                .toList();
    }

    /** What {@code auto} stands for: the verifier that began the file, else the first of the plan. */
    private String resumableOf(ResumeFile file, BuiltNetwork built) {
        Optional<String> begun = file.verifier();
        begun.map(verifiers::require).flatMap(VerifierGuard::objection).ifPresent(objection -> {
            throw new InvalidInputException("the verification was begun by " + begun.get() + ": " + objection
                    + "; ask for it with --verifier " + begun.get());
        });
        return begun.orElseGet(() -> firstResumable(built));
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

    /**
     * Draws, builds, verifies.
     *
     * @param budget its seconds are for building, and again for verifying
     * @throws OutOfTimeException if building takes longer than that, or is cancelled
     */
    public Outcome buildAndVerify(NetworkRecipe recipe, String verifier, VerificationBudget budget) {
        long start = System.nanoTime();
        BuiltNetwork built = build(recipe, budget.deadline());
        Verdict verdict = verify(built, verifier, budget);
        return new Outcome(
                built,
                declaredParameters(built),
                verdict,
                VerifierGuard.files(verifiers, verdict),
                (System.nanoTime() - start) / 1e9);
    }

    /** The parameters that the problem and the construction of a network declare, as far as they are known here. */
    public List<Parameter<?>> declaredParameters(BuiltNetwork built) {
        List<Parameter<?>> declared = new ArrayList<>();
        String problem = built.instance().problem();
        String construction = built.network().provenance().construction();
        Stream.concat(
                        problems.plugins().stream().filter(plugin -> plugin.id().equals(problem)),
                        constructions.plugins().stream()
                                .filter(plugin -> plugin.id().equals(construction)))
                .forEach(plugin -> declared.addAll(plugin.parameters()));
        return declared;
    }
}
