package org.superpose.core.verify.argument;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.run.OrderedUnits;
import org.superpose.core.verify.run.UnitSizes;

/**
 * Proves clipped networks right on all inputs with at most two active features without looking at each (theory, section
 * 7.2), for maps of which no output is on with fewer than two: two-and first of all.
 *
 * <p>In a network of {@link ClippedPairForm} the input {a, b} fires exactly the rows that contain both codes, F_a and
 * F_b in common. With fewer than s such rows nothing behind them fires, and the input is proved to give no output. The
 * pairs with at least s common rows are found by counting along inverted lists, at a cost of about sum over rows of
 * |R_e|^2 / 2; these, and all pairs that an output depends on, are evaluated: on all other pairs the map gives no
 * output either, whatever the gates compute ({@link ClippedPairForm}). Where two features have to be active, or one,
 * the proof is the same for fewer inputs.
 *
 * <p>A refuting verdict holds the first wrong input in the order of {@link InputDomain#iterator}, whatever the number
 * of threads.
 */
@Reference(value = "Verification: pairwise exact", standing = Standing.OURS)
public final class PairwiseVerifier implements ResumableVerifier {
    private static final String ID = "pairwise";

    /** The most features whose partners are looked for at a time. */
    private static final int LARGEST_CHUNK = 256;

    /** How many chunks of features a thread gets at least, so that no thread waits for long. */
    private static final int CHUNKS_OF_A_THREAD = 16;

    /** In the place of a partner: no partner makes a wrong pair. */
    private static final int NONE = PairScan.NONE;
    /** In the place of a partner: nobody has looked. */
    private static final int UNSEEN = -2;

    private final int rangeSize;

    public PairwiseVerifier() {
        this(ClippedPairModel.RANGE_SIZE);
    }

    /** @param rangeSize how many features are counted at a time, a power of two */
    PairwiseVerifier(int rangeSize) {
        this.rangeSize = rangeSize;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "exact argument over pairs of features, for clipped networks whose outputs take two";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return ClippedPairForm.accepts(built);
    }

    /** Estimated from the loads: a row contains a feature by its channels or, at its density, by chance. */
    @Override
    public double cost(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        if (!accepts(built).isAccepted()) {
            return Double.POSITIVE_INFINITY;
        }
        Codes codes = network.inputCodes();
        double rows = network.layers().get(0).rows();
        double cells = rows * codes.neurons();
        var bits = (BitMatrix) network.layers().get(0).weights();
        double byChance = codes.features() * Math.pow(bits.density(), codes.maxWeight());
        double byChannel = 4.0 * network.outputs() * codes.maxWeight() / rows;
        double list = byChance + byChannel;
        double sets = codes.features() * codes.maxWeight() * rows / 512;
        return cells / 8 + sets + rows * list * list;
    }

    @Override
    public Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = ClippedPairForm.inWholeNumbers(built);
        Deadline deadline = budget.deadline();
        ClippedPairModel model = new ClippedPairModel(network, Kernels.best(), budget.threads(), rangeSize);
        int features = instance.inputs();
        // Written by one thread each: the partner of the first wrong pair, NONE, or UNSEEN.
        int[] wrongPartner = new int[features];
        Arrays.setAll(wrongPartner, a -> proved.isProved(a) ? NONE : UNSEEN);
        AtomicInteger done = new AtomicInteger(proved.proved().cardinality());
        budget.progress().reached((double) done.get() / features);
        int step = Math.max(1, features / 200);
        int chunk = Math.max(1, Math.min(LARGEST_CHUNK, features / (CHUNKS_OF_A_THREAD * budget.threads())));
        OrderedUnits.run((features + chunk - 1) / chunk, budget.threads(), () -> {
            PairScan scan = new PairScan(instance, model);
            return unit -> {
                int first = firstUnproved(proved, unit * chunk);
                int end = Math.min(features, (unit + 1) * chunk);
                if (first >= end) {
                    return true;
                }
                if (deadline.isOver()) {
                    return false;
                }
                scan.prepare(first, end);
                for (int feature = first; feature < end; feature++) {
                    if (proved.isProved(feature)) {
                        continue;
                    }
                    if (deadline.isOver()) {
                        return false;
                    }
                    wrongPartner[feature] = scan.firstWrongPartner(feature);
                    int finished = done.incrementAndGet();
                    if (finished % step == 0) {
                        budget.progress().reached((double) finished / features);
                    }
                    if (wrongPartner[feature] != NONE) {
                        return false;
                    }
                }
                return true;
            };
        });
        Coverage.Collector collected = new Coverage.Collector();
        for (int a = 0; a < features; a++) {
            if (wrongPartner[a] == NONE) {
                collected.addWhole(a);
            }
        }
        return new Run(verdict(built, budget, wrongPartner), collected.coverage());
    }

    private static int firstUnproved(Coverage proved, int from) {
        int first = from;
        while (proved.isProved(first)) {
            first++;
        }
        return first;
    }

    private static Verdict verdict(BuiltNetwork built, VerificationBudget budget, int[] wrongPartner) {
        InputDomain domain = built.instance().domain();
        BigInteger[] sizes = UnitSizes.of(domain);
        // The empty input is silent, like every single feature.
        BigInteger covered = domain.minActive() == 0 ? BigInteger.ONE : BigInteger.ZERO;
        boolean complete = true;
        for (int a = 0; a < wrongPartner.length; a++) {
            if (wrongPartner[a] == NONE) {
                covered = covered.add(sizes[a]);
            } else if (wrongPartner[a] == UNSEEN) {
                complete = false;
            } else {
                FeatureSet input = FeatureSet.of(a, wrongPartner[a]);
                covered = domain.minActive() <= 1 ? covered.add(BigInteger.ONE) : covered; // a alone
                for (int b = a + 1; b <= wrongPartner[a]; b++) {
                    covered = domain.allowsTogether(a, b) ? covered.add(BigInteger.ONE) : covered;
                }
                Counterexample found = Counterexample.confirmed(built, input);
                return new Verdict.Refuted(ID, found, covered, domain.size());
            }
        }
        if (!complete) {
            return Verdict.Undecided.unsampled(ID, budget.outOfTime(), covered, domain.size());
        }
        if (!covered.equals(domain.size())) {
            throw new IllegalStateException(
                    "the argument covered " + covered + " inputs of a domain of " + domain.size());
        }
        return new Verdict.Verified(ID, domain.size());
    }
}
