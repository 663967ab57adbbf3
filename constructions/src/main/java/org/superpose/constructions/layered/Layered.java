package org.superpose.constructions.layered;

import java.util.List;
import java.util.function.Supplier;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.ChoosesAmong;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Multi-layer maps: one block per layer of gates, any {@link BlockConstruction}. The output encoding of one block is
 * the input encoding of the next, and each block ends with values pushed back to {0, 1}, so that noise does not
 * accumulate with depth.
 */
@Reference(value = "Multiple layers", standing = Standing.RECONSTRUCTED)
public final class Layered implements Construction, ChoosesAmong<Construction> {
    static final List<Parameter<?>> PARAMETERS = List.of(
            ConstructionParameters.WIDTH,
            ConstructionParameters.CODE_WEIGHT.chosen("as 2 log2 m, at least 12"),
            ConstructionParameters.CHANNEL_WEIGHT.chosen("by the block"),
            ConstructionParameters.OUTPUT_CODE_WEIGHT.chosen("by the block"),
            BlockChain.BLOCK);

    private final Supplier<BlockChain> chain;

    /** Chooses its blocks among the constructions that {@link java.util.ServiceLoader} finds. */
    public Layered() {
        this(BlockChain::found);
    }

    private Layered(Supplier<BlockChain> chain) {
        this.chain = chain;
    }

    @Override
    public Construction choosingAmong(Catalog<Construction> catalog) {
        BlockChain chosen = new BlockChain(catalog);
        return new Layered(() -> chosen);
    }

    @Override
    public String id() {
        return "layered";
    }

    @Override
    public String title() {
        return "one block per layer of gates, copies too, each reading the codes that the one before writes";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return PARAMETERS;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return chain.get().accepts(instance);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        return chain.get().build(id(), instance, parameters, seed, deadline);
    }
}
