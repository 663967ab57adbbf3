package org.superpose.core.verify.monotone;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * Proves networks right whose neurons, like the gates of their map, only rise or only fall as features become active,
 * by the minimal sets of at most v features that turn each output on, in the network and in the map.
 *
 * <p>A monotone function is its minimal sets: the two are the same on every input with at most v active features iff
 * each minimal set of the network turns the output of the map on, and each of the map that of the network. A set for
 * which this fails is an input on which the network is wrong, so the verdict is Undecided only where a row has no sign
 * of its own or there are too many sets.
 *
 * <p>Takes networks that float32 computes exactly, with rows of one sign: clipped matrices, saturations, gates of
 * several features one neuron each. Cost: the sets of features that can take part in turning a row on, instead of C(m,
 * v) n. Domains with groups or a lower bound on activity are left to others.
 */
@Reference(value = "Verification: minimal sets", standing = Standing.OURS)
public final class MonotoneVerifier implements Verifier {
    private static final String ID = "monotone";

    /** The largest activity bound: every subset of an input may have to be looked up. */
    private static final int MOST_ACTIVE = 12;

    /** With more sets than there are inputs it is better to look at those; but so many take no time at all. */
    private static final long FEW_SETS = 1 << 20;

    /** The most sets that are looked at, some minutes of work. */
    private static final long MOST_SETS = 1L << 28;

    /** About what one set costs, in operations. */
    private static final double OPERATIONS = 100;

    /** The largest cost: with more, the sets are too many by far. */
    private static final double MOST_OPERATIONS = 1e16;

    /** The rows of the first layer from which the features of a row are estimated. */
    private static final int SAMPLED_ROWS = 64;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "by the minimal sets that turn neurons on, where each only rises or only falls";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        if (instance.domain().isGrouped() || instance.domain().minActive() > 0) {
            return Acceptance.rejected("the domain has groups or a lower bound on the number of active features");
        }
        if (instance.maxActive() > MOST_ACTIVE) {
            return Acceptance.rejected(
                    "up to " + instance.maxActive() + " features are active, more than " + MOST_ACTIVE);
        }
        for (Gates gates : instance.layers()) {
            OptionalInt falling = MonotoneMap.firstGateThatMayFall(gates);
            if (falling.isPresent()) {
                return Acceptance.rejected("gate " + falling.getAsInt() + " computes "
                        + gates.function(falling.getAsInt()).name()
                        + ", which features can turn off, or of too many inputs");
            }
        }
        Optional<String> departure = network.departure();
        if (departure.isPresent()) {
            return Acceptance.rejected(departure.get() + ", but the argument is about chains of ReLU layers");
        }
        double operations = operations(built);
        if (operations > MOST_OPERATIONS) {
            return Acceptance.rejected(String.format(
                    Locale.ROOT,
                    "too many sets of features may turn on a row: some %.0e operations, more than %.0e",
                    operations,
                    MOST_OPERATIONS));
        }
        for (int t = 0; t < network.layers().size(); t++) {
            if (!MonotoneStates.hasRowsOfOneSign(network.layers().get(t).weights())) {
                return Acceptance.rejected("layer " + t + " has positive and negative weights in a row");
            }
        }
        return Exactness.of(network, instance.maxActive()).isExact()
                ? Acceptance.accepted()
                : Acceptance.rejected("float32 is not exact on the network");
    }

    @Override
    public double cost(BuiltNetwork built) {
        return accepts(built).isAccepted() ? operations(built) : Double.POSITIVE_INFINITY;
    }

    /** As if every row were turned on by any v of as many features as a row of the first layer reads. */
    private static double operations(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        double features = Math.min(network.inputs(), featuresOfRow(network));
        double sets = 1;
        for (int t = 0; t < built.instance().maxActive(); t++) {
            sets *= Math.max(1, features - t) / (t + 1);
        }
        double rows = network.outputs();
        for (Layer layer : network.layers()) {
            rows += layer.rows();
        }
        return OPERATIONS * rows * Math.max(1, sets);
    }

    /** The features that have a neuron which a row of the first layer reads, on average over some rows. */
    private static double featuresOfRow(SuperposedNetwork network) {
        int[] loads = network.inputCodes().loads();
        WeightMatrix weights = network.layers().get(0).weights();
        float[] row = new float[loads.length];
        int sampled = Math.min(SAMPLED_ROWS, weights.rows());
        double features = 0;
        for (int r = 0; r < sampled; r++) {
            weights.copyRow((int) ((long) r * weights.rows() / sampled), row);
            for (int c = 0; c < row.length; c++) {
                features += row[c] != 0 ? loads[c] : 0;
            }
        }
        return features / sampled;
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        BigInteger size = instance.domain().size();
        Deadline deadline = budget.deadline();
        SuperposedNetwork whole =
                Exactness.of(built.network(), instance.maxActive()).inWholeNumbers(built.network());
        try {
            List<Indicator> gates = MonotoneMap.outputs(instance);
            ThresholdSearch search = new ThresholdSearch(instance.maxActive(), mostSets(size), deadline);
            List<Indicator> outputs = new MonotoneStates(whole, search).outputs();
            for (int i = 0; i < outputs.size(); i++) {
                Optional<FeatureSet> wrong = difference(outputs.get(i), gates.get(i));
                if (wrong.isPresent()) {
                    return new Verdict.Refuted(ID, Counterexample.confirmed(built, wrong.get()), BigInteger.ONE, size);
                }
            }
            return new Verdict.Verified(ID, size);
        } catch (ThresholdSearch.TooLong | MonotoneStates.NotMonotone reason) {
            return undecided(deadline.isOver() ? budget.outOfTime() : reason.getMessage(), size);
        } catch (ArithmeticException overflow) {
            return undecided("the multiple of an indicator is beyond 32 bits", size);
        }
    }

    private static Verdict undecided(String reason, BigInteger size) {
        return Verdict.Undecided.unsampled(ID, reason, BigInteger.ZERO, size);
    }

    private static long mostSets(BigInteger inputs) {
        return inputs.min(BigInteger.valueOf(MOST_SETS))
                .max(BigInteger.valueOf(FEW_SETS))
                .longValueExact();
    }

    /** A set that turns one of the two on, and not the other. */
    private static Optional<FeatureSet> difference(Indicator first, Indicator second) {
        return first.sets().stream()
                .filter(set -> !second.isOn(set))
                .findFirst()
                .or(() -> second.sets().stream().filter(set -> !first.isOn(set)).findFirst());
    }
}
