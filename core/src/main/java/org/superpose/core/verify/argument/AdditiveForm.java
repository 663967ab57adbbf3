package org.superpose.core.verify.argument;

import java.util.List;
import java.util.Optional;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.OutputReads;
import org.superpose.core.problem.ProblemInstance;

/**
 * The form of network and instance for which decoded sums are sums of scores of single features, if no ReLU cuts:
 * outputs that depend on few inputs each, through one layer of gates or more, no groups, one full layer behind ReLU
 * that float32 computes exactly, and outputs that are read as sums over codes or by a linear read-out with one
 * threshold each.
 */
public final class AdditiveForm {
    /** The most sets of active features that are looked at for one gate. */
    private static final int MOST_SETS = 1 << 16;

    private AdditiveForm() {}

    /** Whether instance and network have the form; that no row cuts is for {@link AdditiveScores} to say. */
    public static Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        int reads = new OutputReads(instance).most();
        if (sets(reads, instance.maxActive()) > MOST_SETS) {
            return Acceptance.rejected("an output depends on " + reads + " inputs, of which more than " + MOST_SETS
                    + " sets may be active");
        }
        if (instance.domain().isGrouped()) {
            return Acceptance.rejected("the domain is grouped, so that extreme scores may not be allowed together");
        }
        Acceptance layers = network.decoder().isReadout() ? acceptsReadout(network) : acceptsSums(network);
        if (!layers.isAccepted()) {
            return layers;
        }
        if (!Exactness.of(network, instance.maxActive()).isExact()) {
            return Acceptance.rejected("float32 is not exact on the network");
        }
        return Acceptance.accepted();
    }

    private static Acceptance acceptsSums(SuperposedNetwork network) {
        Optional<String> departure = network.departure();
        if (departure.isPresent()) {
            return Acceptance.rejected(departure.get() + ", but the argument is about sums over codes behind ReLU");
        }
        if (network.layers().size() != 1 || network.layers().get(0).weights() instanceof DiagonalMatrix) {
            return Acceptance.rejected(
                    "the network has " + network.layers().size() + " layers, not one with a full matrix");
        }
        if (network.decoder().kind() != Decoder.Kind.SUM) {
            return Acceptance.rejected("the decoder looks at every row by itself, not at their sum");
        }
        return Acceptance.accepted();
    }

    private static Acceptance acceptsReadout(SuperposedNetwork network) {
        List<Layer> layers = network.layers();
        if (layers.size() != 2
                || !layers.get(0).hasRelu()
                || layers.get(1).hasRelu()
                || layers.stream()
                        .anyMatch(layer -> layer.skip().isPresent() || layer.weights() instanceof DiagonalMatrix)) {
            return Acceptance.rejected("the network is not one full layer behind ReLU and a linear read-out");
        }
        if (network.decoder().isTwoSided()) {
            return Acceptance.rejected("the read-out has two thresholds for an output");
        }
        return Acceptance.accepted();
    }

    /** The subsets of at most {@code most} of {@code fanIn} inputs, or some number above {@link #MOST_SETS}. */
    static long sets(int fanIn, int most) {
        long all = 0;
        long ofSize = 1;
        for (int size = 0; size <= Math.min(fanIn, most) && all <= MOST_SETS; size++) {
            all += ofSize;
            ofSize = ofSize * (fanIn - size) / (size + 1);
        }
        return all;
    }
}
