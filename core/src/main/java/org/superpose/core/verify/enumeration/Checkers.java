package org.superpose.core.verify.enumeration;

import java.util.Optional;
import java.util.function.Supplier;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.arithmetic.ExactModel;
import org.superpose.core.verify.arithmetic.RoundedModel;
import org.superpose.core.verify.block.BlockModel;
import org.superpose.core.verify.block.BlockWork;
import org.superpose.core.verify.run.StoredEntries;

/**
 * Chooses how the inputs of a network are judged: in whole numbers where float32 is exact on it, else by margins beyond
 * the rounding bound; and with which of the bit-set filters. Each part of a checker has its share of the heap.
 */
final class Checkers {
    private final BuiltNetwork built;
    private final ProblemInstance instance;
    private final SuperposedNetwork network;
    private final Kernel kernel;
    private final Exactness exactness;
    private final long heap = Runtime.getRuntime().maxMemory();

    Checkers(BuiltNetwork built, Kernel kernel) {
        this.built = built;
        this.instance = built.instance();
        this.network = built.network();
        this.kernel = kernel;
        this.exactness = Exactness.of(network, instance.maxActive());
    }

    /** Whether float32 is exact on the network. */
    Exactness exactness() {
        return exactness;
    }

    /** Why no checker can judge the inputs, or empty if one can. */
    Optional<String> obstacle() {
        if (RoundedModel.mayOverflow(exactness)) {
            return Optional.of("sums of the network may reach " + exactness.largestSum() + ", which overflows float32");
        }
        long bytes = columnBytes();
        return bytes <= heap / 4 * 3
                ? Optional.empty()
                : Optional.of("the weights by columns need " + (bytes >> 20) + " MiB of heap, but Java has "
                        + (heap >> 20) + " MiB in all (give it more with -Xmx)");
    }

    /** What the models hold at least: every matrix by columns, the first also where it is diagonal. */
    private long columnBytes() {
        long entries = 0;
        for (int t = 0; t < network.layers().size(); t++) {
            Layer layer = network.layers().get(t);
            boolean diagonal = t > 0 && layer.weights() instanceof DiagonalMatrix;
            entries += diagonal ? layer.rows() : (long) layer.rows() * layer.columns();
        }
        boolean bits = network.layers().stream().allMatch(layer -> layer.weights() instanceof BitMatrix);
        return entries * (bits ? Short.BYTES : Float.BYTES);
    }

    /** The checkers of a network without {@link #obstacle}, one for each thread. */
    Supplier<InputChecker> suitable() {
        return BlockWork.pays(network, instance.domain(), exactness.isExact()) && blocksFit() ? inBlocks() : oneByOne();
    }

    /** Those that follow, input by input, the neurons that fire. */
    Supplier<InputChecker> oneByOne() {
        return exactness.isExact() ? exact() : rounded();
    }

    /** Those that evaluate blocks of inputs, whatever fires; one by one where that cannot decide anything. */
    Supplier<InputChecker> inBlocks() {
        if (network.decoder().hasSubnormalThreshold()) {
            return oneByOne();
        }
        BlockModel model = new BlockModel(network, instance.domain());
        Supplier<InputChecker> others = oneByOne();
        return model.bounds().largest() < Float.POSITIVE_INFINITY
                ? () -> new BlockChecker(instance, model, kernel, others.get())
                : others;
    }

    /** Whether what blocks need beside the weights by columns fits into their share of the heap. */
    private boolean blocksFit() {
        long rows = network.layers().stream().mapToLong(Layer::rows).sum();
        return ((long) network.inputs() * rows + StoredEntries.of(network)) * Float.BYTES <= heap / 8;
    }

    private Supplier<InputChecker> exact() {
        ExactModel model = exactModel();
        boolean many = hasFilters();
        Optional<SingleMatrixFilter> outputs =
                many ? SingleMatrixFilter.of(model, instance, filterWords()) : Optional.empty();
        Optional<SecondLayerFilter> quiet = many && outputs.isEmpty() ? secondLayerFilter(model) : Optional.empty();
        return () -> new ExactChecker(instance, model, quiet, outputs);
    }

    private Supplier<InputChecker> rounded() {
        RoundedModel model = new RoundedModel(network, instance.maxActive(), heap / 4 / Float.BYTES);
        Optional<FirstLayerFilter> filter = hasFilters()
                ? FirstLayerFilter.of(model, kernel, instance.maxActive(), filterWords())
                : Optional.empty();
        return () -> new RoundedChecker(built, model, kernel, filter);
    }

    /**
     * Whether the filters may apply. With v = 1 there is no last feature to judge many of, and what they argue from is
     * a chain of ReLU layers that is silent but for few inputs.
     */
    private boolean hasFilters() {
        return instance.maxActive() > 1 && network.departure().isEmpty();
    }

    /** The network in whole numbers. */
    ExactModel exactModel() {
        return new ExactModel(exactness.inWholeNumbers(network), kernel, heap / 8 / Short.BYTES);
    }

    /** The filter on the second layer, or empty where its argument does not apply. */
    Optional<SecondLayerFilter> secondLayerFilter(ExactModel model) {
        return SecondLayerFilter.of(model, instance.maxActive(), filterWords());
    }

    private long filterWords() {
        return heap / 4 / Long.BYTES;
    }
}
