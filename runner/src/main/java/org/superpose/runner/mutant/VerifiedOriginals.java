package org.superpose.runner.mutant;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * Networks of every kind, each verified: every construction, every kind of matrix, activation, skip, decoder, gate
 * function and domain, one layer of gates and several. They are small, so that a mutant can be held against its gates
 * on every input.
 */
public final class VerifiedOriginals {
    private static final int MAX_SEEDS = 20;

    private final Workbench workbench;

    @Inject
    public VerifiedOriginals(Workbench workbench) {
        this.workbench = workbench;
    }

    /** What changes between drawing an instance and building a network for it. */
    private interface Change {
        Change NONE = instance -> instance;

        ProblemInstance of(ProblemInstance instance);
    }

    private record Original(String construction, String problem, Change change, List<String> settings) {
        /** @param settings {@code NAME=VALUE}, separated by spaces */
        static Original of(String construction, String problem, String settings) {
            return new Original(construction, problem, Change.NONE, List.of(settings.split(" ")));
        }

        Original changed(Change other) {
            return new Original(construction, problem, other, settings);
        }
    }

    private static List<Original> originals() {
        return List.of(
                Original.of("clipped", "permutation", "inputs=16 max-active=2 width=64"),
                Original.of("clipped", "layered", "inputs=14 layers=permutation,two-and(outputs=10) width=60"),
                Original.of("clipped-and", "two-and", "inputs=24 outputs=24 width=28"),
                Original.of("clipped-and", "two-and", "inputs=20 outputs=60 influence=zipf width=60"),
                Original.of("clipped-and", "two-and", "inputs=20 outputs=40 influence=bipartite hubs=4 width=60")
                        .changed(VerifiedOriginals::grouped),
                Original.of("clipped-and", "k-and", "inputs=12 outputs=12 fan-in=3 width=50"),
                Original.of("clipped-and", "k-and", "inputs=8 outputs=5 max-active=4 width=60 saturate=always"),
                Original.of("clipped-permutation", "permutation", "inputs=64 width=40"),
                Original.of("dedicated", "two-and", "inputs=16 outputs=16 max-active=3"),
                Original.of("dedicated", "k-and", "inputs=12 outputs=12").changed(VerifiedOriginals::majority),
                Original.of("dedicated", "k-and", "inputs=10 outputs=10 max-active=4")
                        .changed(VerifiedOriginals::everyFunction),
                Original.of("dedicated", "dnf", "inputs=12 outputs=5 clauses=2"),
                Original.of("dedicated", "dnf", "inputs=10 outputs=8 clauses=1 literals=3 negated=0.5 max-active=4"),
                Original.of("dedicated", "dnf", "inputs=10 outputs=8 clauses=1 negated=1 max-active=3 min-active=1"),
                Original.of("dedicated", "xor-pairs", "inputs=12 outputs=12 max-active=3"),
                Original.of("dedicated", "half-adders", "inputs=10 outputs=10"),
                Original.of("dedicated", "neighbours", "inputs=12 max-active=3 min-active=2"),
                Original.of("k-and-tree", "k-and", "inputs=9 outputs=5 width=48"),
                Original.of("layered", "layered", "inputs=12 layers=permutation,two-and(outputs=8) width=48"),
                Original.of("sequential", "two-and", "inputs=24 outputs=40 width=34"),
                Original.of(
                        "sequential",
                        "layered",
                        "inputs=16 layers=two-and(outputs=16),two-and(outputs=8) max-active=4 width=16"),
                Original.of("linear-permutation", "permutation", "inputs=24 width=48"),
                Original.of("linear-low-influence-and", "two-and", "inputs=16 outputs=12 width=40"),
                Original.of("linear-output-channels", "two-and", "inputs=14 outputs=14 width=44"),
                Original.of("linear-high-influence-and", "two-and", "inputs=6 influence=complete width=60"),
                Original.of(
                        "linear-mixed-influence-and",
                        "two-and",
                        "inputs=13 outputs=12 influence=bipartite hubs=1 width=60"),
                Original.of("linear-two-and", "two-and", "inputs=12 outputs=12 width=40 decompression=least-squares"),
                Original.of("linear-k-and", "k-and", "inputs=9 outputs=6 width=44"),
                Original.of("linear-partitioned", "layered", "inputs=8 layers=2*two-and width=60"),
                Original.of("threshold-readout", "two-and", "inputs=12 outputs=20 max-active=3"),
                Original.of(
                        "trained-readout", "two-and", "inputs=16 outputs=16 max-active=3 width=14 embedding=trained"),
                Original.of("trained-permutation", "permutation", "inputs=20 max-active=2 width=60"),
                Original.of("trained-and", "two-and", "inputs=16 outputs=16 max-active=3 width=24 training-steps=1000"),
                Original.of(
                        "trained-and-codes",
                        "k-and",
                        "inputs=12 outputs=12 fan-in=3 width=32 hidden-layers=2 training-steps=1000"),
                Original.of("universal-and-bernoulli", "two-and", "inputs=6 outputs=6 width=160"),
                Original.of("universal-and-dense", "two-and", "inputs=6 outputs=6 width=256"),
                Original.of("universal-and-rademacher", "two-and", "inputs=6 outputs=6 width=140"),
                Original.of("trained-gates", "neighbours", "inputs=20 max-active=2 width=60"),
                Original.of("targeted-and", "two-and", "inputs=6 outputs=6 width=160"));
    }

    /**
     * Builds and verifies all of them.
     *
     * @param seed the seed of instances and networks
     */
    public List<BuiltNetwork> build(Seed seed) {
        List<BuiltNetwork> originals = new ArrayList<>();
        for (Original original : originals()) {
            originals.add(build(original, seed.child("original").child(originals.size())));
        }
        for (float scale : new float[] {1, 0.7f}) {
            originals.add(residualStream(scale, seed.child("original").child(originals.size())));
        }
        return originals;
    }

    /** Of a shape that no construction makes: exact with scale 1, else one that rounds. */
    private BuiltNetwork residualStream(float scale, Seed seed) {
        Assignments assignments = Assignments.parse(List.of("inputs=16", "outputs=16", "max-active=3"));
        ProblemInstance instance = workbench.instance(NetworkRecipe.split("two-and", "dedicated", assignments, seed));
        BuiltNetwork built = ResidualStream.of(instance, scale);
        Verdict verdict = workbench.verify(built, MutantTrial.EXHAUSTIVE, VerificationBudget.unlimited());
        if (verdict instanceof Verdict.Verified) {
            return built;
        }
        throw new IllegalStateException("the network with a residual stream was not verified: " + verdict);
    }

    /** The network of the first seed that is verified: at these widths most are, but not all. */
    private BuiltNetwork build(Original original, Seed seed) {
        Assignments assignments = Assignments.parse(original.settings());
        Verdict verdict = null;
        for (int attempt = 0; attempt < MAX_SEEDS; attempt++) {
            Seed own = seed.child(attempt);
            NetworkRecipe recipe = NetworkRecipe.split(original.problem(), original.construction(), assignments, own);
            ProblemInstance instance = original.change().of(workbench.instance(recipe));
            BuiltNetwork built = workbench.build(instance, recipe.construction(), assignments, recipe.seed());
            verdict = workbench.verify(built, MutantTrial.EXHAUSTIVE, VerificationBudget.unlimited());
            if (verdict instanceof Verdict.Verified) {
                return built;
            }
        }
        throw new IllegalStateException("no network by " + original.construction() + " with " + original.settings()
                + " was verified with " + MAX_SEEDS + " seeds; the last is " + verdict);
    }

    /** At most one hub and one partner: the domain of bigrams. */
    private static ProblemInstance grouped(ProblemInstance instance) {
        int[] groups = new int[instance.inputs()];
        int most = instance.gates().influenceProfile().max();
        for (int j = 0; j < groups.length; j++) {
            groups[j] = 2 * instance.gates().influence(j) > most ? 0 : 1;
        }
        return instance.with(instance.layers(), InputDomain.grouped(groups, 2));
    }

    /** A gate of each function in turn, of the same three features, some of them on at rest. */
    private static ProblemInstance everyFunction(ProblemInstance instance) {
        List<GateFunction> functions = List.of(
                GateFunction.AND,
                GateFunction.PARITY,
                GateFunction.atLeast(2),
                GateFunction.exactly(1),
                GateFunction.weighted(2, 2, -1, 1),
                GateFunction.allOf(true, false, false),
                GateFunction.anyOf(false, true, false),
                GateFunction.table(true, false, false, true, true, true, false, false));
        Gates gates = instance.gates();
        List<Gate> changed = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            changed.add(Gate.of(functions.get(i % functions.size()), gates.reads(i)));
        }
        return instance.with(List.of(Gates.of(gates.inputs(), changed)), instance.domain());
    }

    /** On iff two of the three features are active. */
    private static ProblemInstance majority(ProblemInstance instance) {
        Gates gates = instance.gates();
        return instance.with(
                List.of(Gates.of(gates.inputs(), GateFunction.atLeast(2), gates.offsets(), gates.reads())),
                instance.domain());
    }
}
