package org.superpose.constructions.layered;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.superpose.constructions.code.CodeDrawing;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Builds one block per layer of gates, each reading the output codes of the one before, and puts them one after
 * another.
 */
final class BlockChain {
    /** The value of {@link #BLOCK} that leaves the choice to the chain. */
    private static final String AUTO = "auto";

    static final Parameter<String> BLOCK = Parameter.text(
                    "block", "the id of a construction that can be chained, or auto", "the construction of every block")
            .withDefault(AUTO);

    private final List<BlockConstruction> blocks;

    /** Chooses among the constructions of a catalog that can be chained. */
    BlockChain(Catalog<Construction> catalog) {
        this.blocks = catalog.plugins().stream()
                .filter(BlockConstruction.class::isInstance)
                .map(BlockConstruction.class::cast)
                .sorted(Comparator.comparingInt(BlockConstruction::rank))
                .toList();
    }

    /** Chooses among the constructions that {@link java.util.ServiceLoader} finds. */
    static BlockChain found() {
        return Found.CHAIN;
    }

    /** Loaded once, when it is first needed. */
    private static final class Found {
        private static final BlockChain CHAIN =
                new BlockChain(Catalog.load("construction", Construction.class, BlockChain.class.getClassLoader()));
    }

    /** Whether the layers can be computed, each by some block that reads any codes, or all by one that does not. */
    Acceptance accepts(ProblemInstance instance) {
        List<ProblemInstance> layers = layers(instance);
        return automatic(layers).isPresent() ? Acceptance.accepted() : Acceptance.rejected(noBlocksFor(layers));
    }

    /**
     * The blocks that the chain chooses: for each layer the first that reads any codes, or, where a layer has none, the
     * first of those that read identity codes only and compute every layer. The two kinds do not mix, since the codes
     * between them are those of one or the other.
     */
    private Optional<List<BlockConstruction>> automatic(List<ProblemInstance> layers) {
        List<BlockConstruction> chosen = new ArrayList<>();
        for (ProblemInstance layer : layers) {
            blocks.stream()
                    .filter(block -> !block.readsOnlyIdentityCodes() && accepts(block, layer))
                    .findFirst()
                    .ifPresent(chosen::add);
        }
        if (chosen.size() == layers.size()) {
            return Optional.of(chosen);
        }
        return blocks.stream()
                .filter(block ->
                        block.readsOnlyIdentityCodes() && layers.stream().allMatch(layer -> accepts(block, layer)))
                .findFirst()
                .map(block -> Collections.nCopies(layers.size(), block));
    }

    private static boolean accepts(BlockConstruction block, ProblemInstance layer) {
        return block.accepts(layer).isAccepted();
    }

    private String noBlocksFor(List<ProblemInstance> layers) {
        return layers.stream()
                .filter(layer -> blocks.stream().noneMatch(block -> accepts(block, layer)))
                .findFirst()
                .map(layer -> "no construction that can be chained computes a layer of " + layer.gates())
                .orElse("the constructions that compute the layers cannot be chained with each other: some read"
                        + " identity codes only");
    }

    /**
     * @param id the construction that the network is recorded as
     * @param instance with one layer of gates per block
     * @throws InvalidInputException if a layer is not accepted by the chosen block or the parameters do not fit
     */
    SuperposedNetwork build(
            String id, ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        List<ProblemInstance> layers = layers(instance);
        String chosen = parameters.get(BLOCK);
        List<BlockConstruction> chain = chain(chosen, layers);
        Codes inputCodes = chain.get(0).readsOnlyIdentityCodes()
                ? Codes.identity(instance.inputs())
                : inputCodes(instance.inputs(), parameters, seed);
        List<Layer> all = new ArrayList<>();
        List<String> used = new ArrayList<>();
        Codes codes = inputCodes;
        SuperposedNetwork last = null;
        for (int t = 0; t < layers.size(); t++) {
            deadline.check();
            BlockConstruction block = chain.get(t);
            used.add(block.id());
            last = block.buildBlock(
                    layers.get(t), codes, declared(block, parameters), seedOf(seed, t, layers.size()), deadline);
            all.addAll(last.layers());
            codes = last.decoder().codes();
        }
        Map<String, Object> given = new LinkedHashMap<>(last.provenance().parameters());
        given.put(ConstructionParameters.CODE_WEIGHT.name(), inputCodes.maxWeight());
        given.put(BLOCK.name(), chosen);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(BlockConstruction.BLOCKS, String.join(" ", used));
        return new SuperposedNetwork(
                inputCodes,
                all,
                last.decoder(),
                instance.domain(),
                last.clean(),
                new Provenance(id, given, seed.value(), facts));
    }

    private static Codes inputCodes(int inputs, ParameterValues parameters, Seed seed) {
        int width = parameters.get(ConstructionParameters.WIDTH);
        int weight = parameters
                .find(ConstructionParameters.CODE_WEIGHT)
                .orElseGet(() -> CodeDrawing.weight(2, inputs, width));
        return CodeDrawing.BALANCED.draw(inputs, weight, width, seed.child("input-encoding"));
    }

    /** The last block has the seed itself, so that the output codes come from {@code seed.child("output-encoding")}. */
    private static Seed seedOf(Seed seed, int layer, int layers) {
        return layer == layers - 1 ? seed : seed.child("block").child(layer);
    }

    /** A block for each layer. */
    private List<BlockConstruction> chain(String chosen, List<ProblemInstance> layers) {
        if (chosen.equals(AUTO)) {
            return automatic(layers).orElseThrow(() -> new InvalidInputException(noBlocksFor(layers)));
        }
        BlockConstruction block = blocks.stream()
                .filter(each -> each.id().equals(chosen))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("block \"" + chosen
                        + "\" is not a construction that can be chained; known are "
                        + blocks.stream().map(Plugin::id).sorted().collect(Collectors.joining(", "))));
        for (ProblemInstance layer : layers) {
            block.accepts(layer)
                    .require(reason -> new InvalidInputException(
                            "block " + chosen + " refuses a layer of " + layer.gates() + ": " + reason));
        }
        return Collections.nCopies(layers.size(), block);
    }

    /** What a block declares of the given parameters. */
    private static ParameterValues declared(BlockConstruction block, ParameterValues parameters) {
        ParameterValues own = ParameterValues.NONE;
        for (Parameter<?> parameter : block.parameters()) {
            own = copy(parameter, parameters, own);
        }
        return own;
    }

    private static <T> ParameterValues copy(Parameter<T> parameter, ParameterValues from, ParameterValues to) {
        return from.asMap().containsKey(parameter.name())
                ? to.with(parameter, from.find(parameter).orElseThrow())
                : to;
    }

    private static List<ProblemInstance> layers(ProblemInstance instance) {
        List<InputDomain> domains = LayerDomains.of(instance);
        List<ProblemInstance> layers = new ArrayList<>();
        for (int t = 0; t < domains.size(); t++) {
            layers.add(instance.with(List.of(instance.layers().get(t)), domains.get(t)));
        }
        return layers;
    }
}
