package org.superpose.constructions.layered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.superpose.constructions.Admission;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.ChoosesAmong;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Multi-input AND as a tree: ceil(log2 r) blocks of two-and, equal sub-pairs shared between outputs. An odd feature out
 * is paired with its neighbour once more, x_a x_b and x_b x_c, so that every gate of the tree is a two-and.
 */
@Reference(value = "Multiple inputs", standing = Standing.RECONSTRUCTED)
public final class KAndTree implements Construction, ChoosesAmong<Construction> {
    private final Supplier<BlockChain> chain;

    /** Chooses its blocks among the constructions that {@link java.util.ServiceLoader} finds. */
    public KAndTree() {
        this(BlockChain::found);
    }

    private KAndTree(Supplier<BlockChain> chain) {
        this.chain = chain;
    }

    @Override
    public Construction choosingAmong(Catalog<Construction> catalog) {
        BlockChain chosen = new BlockChain(catalog);
        return new KAndTree(() -> chosen);
    }

    @Override
    public String id() {
        return "k-and-tree";
    }

    @Override
    public String title() {
        return "AND of r inputs as ceil(log2 r) blocks of two-and, equal sub-pairs shared";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return Layered.PARAMETERS;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Admission.oneLayer(instance, "k-and-tree computes one; use layered")
                .and(() -> ofEqualAnds(instance.gates()))
                .and(() -> chain.get().accepts(unfold(instance)));
    }

    private static Acceptance ofEqualAnds(Gates gates) {
        if (!gates.areAll(GateFunction.AND)) {
            return Acceptance.rejected(
                    gates.functionNames() + " gates are not AND gates, which is all that a tree of two-ands computes");
        }
        if (gates.minFanIn() != gates.maxFanIn() || gates.minFanIn() < 2) {
            return Acceptance.rejected("gates of fan-in " + gates.minFanIn() + " to " + gates.maxFanIn()
                    + " do not make trees of one depth; all must have the same fan-in of at least 2");
        }
        return Acceptance.accepted();
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        return chain.get().build(id(), unfold(instance), parameters, seed, deadline);
    }

    /** The same map as layers of two-and gates. */
    static ProblemInstance unfold(ProblemInstance instance) {
        Gates gates = instance.gates();
        List<int[]> nodes = new ArrayList<>();
        for (int i = 0; i < gates.outputs(); i++) {
            nodes.add(gates.reads(i));
        }
        List<Gates> layers = new ArrayList<>();
        int inputs = gates.inputs();
        while (nodes.get(0).length > 2) {
            Map<Long, Integer> pairs = new LinkedHashMap<>();
            for (int i = 0; i < nodes.size(); i++) {
                nodes.set(i, pairUp(nodes.get(i), pairs));
            }
            layers.add(conjunctions(inputs, pairs));
            inputs = pairs.size();
        }
        layers.add(Gates.conjunctions(
                inputs, 2, nodes.stream().flatMapToInt(Arrays::stream).toArray()));
        return instance.with(layers, instance.domain());
    }

    /** Pairs neighbours, numbers pairs that are new, and returns the numbers of the pairs, ascending. */
    private static int[] pairUp(int[] nodes, Map<Long, Integer> pairs) {
        int[] paired = new int[(nodes.length + 1) / 2];
        for (int t = 0; t < paired.length; t++) {
            int first = Math.min(2 * t, nodes.length - 2);
            long key = (long) nodes[first] << Integer.SIZE | nodes[first + 1];
            Integer known = pairs.putIfAbsent(key, pairs.size());
            paired[t] = known == null ? pairs.size() - 1 : known;
        }
        return Arrays.stream(paired).sorted().toArray();
    }

    private static Gates conjunctions(int inputs, Map<Long, Integer> pairs) {
        int[] reads = new int[2 * pairs.size()];
        pairs.forEach((key, number) -> {
            reads[2 * number] = (int) (key >>> Integer.SIZE);
            reads[2 * number + 1] = key.intValue();
        });
        return Gates.conjunctions(inputs, 2, reads);
    }
}
