package org.superpose.runner.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.Verdict;
import org.superpose.interop.ArrayDigest;

/**
 * What was found when a network was verified, so that others can find it again: which network and domain it is about,
 * and by ranges of lowest active features (or of outputs) how many inputs there are, how many outputs change over them,
 * and a digest of what is decided. The counts add up to the domain exactly. The format is in {@code docs/proofs.md}.
 *
 * @param network digest of network and instance, as in network files
 * @param arrays digest of the arrays as they are exported, which checkers compute
 * @param features m
 * @param outputs m'
 * @param minActive u
 * @param maxActive v
 * @param inputs the size of the domain
 * @param verifier id of the verifier that came to the verdict, and the version
 * @param method how the domain is covered
 * @param rows digest of the lists of features in each row, with the method pairwise
 * @param coversEmpty whether the empty input belongs to the domain
 * @param ranges in order, without a gap
 * @param resumed what the verifier took from resume files instead of looking itself
 */
public record Proof(
        String network,
        String arrays,
        int features,
        int outputs,
        int minActive,
        int maxActive,
        BigInteger inputs,
        String verifier,
        String method,
        Optional<String> rows,
        boolean coversEmpty,
        List<Range> ranges,
        List<Resumed> resumed) {
    /** The most ranges of a proof: a million features make a file of 20 kB. */
    private static final int MOST_RANGES = 256;

    /**
     * What is counted over lowest active features, or outputs, from one to another, both included.
     *
     * @param low the first
     * @param high the last
     * @param tally what is counted
     */
    record Range(int low, int high, Tally tally) {}

    /**
     * A range of lowest active features whose inputs were taken from a resume file.
     *
     * @param low the first
     * @param high the last
     * @param file SHA-256 of the file
     */
    public record Resumed(int low, int high, String file) {}

    public Proof {
        ranges = List.copyOf(ranges);
        resumed = List.copyOf(resumed);
    }

    /**
     * The proof of a network that was verified.
     *
     * @param built the network with the map that it computes
     * @param verdict what a verifier said of it
     * @param resumed what the verifier took from a resume file
     * @throws InvalidInputException if the domain is too large for a proof by enumeration, and no argument applies
     */
    public static Proof of(BuiltNetwork built, Verdict.Verified verdict, List<Resumed> resumed) {
        String verifier = verdict.method();
        return of(built, Evidence.methodFor(built, verifier), verifier + " " + ToolVersion.current(), resumed);
    }

    private static Proof of(BuiltNetwork built, Evidence.Method method, String verifier, List<Resumed> resumed) {
        Evidence evidence = Evidence.of(built, method);
        var domain = built.instance().domain();
        Proof proof = new Proof(
                NetworkDigest.of(built),
                ArrayDigest.of(built),
                domain.features(),
                built.instance().outputs(),
                domain.minActive(),
                domain.maxActive(),
                domain.size(),
                verifier,
                method.id(),
                evidence.rows(),
                domain.minActive() == 0,
                ranges(evidence.parts()),
                resumed);
        if (!method.isByOutput() && !proof.counted().equals(domain.size())) {
            throw new IllegalStateException(
                    "the ranges of a proof count " + proof.counted() + " of " + domain.size() + " inputs");
        }
        return proof;
    }

    private static List<Range> ranges(List<Tally> parts) {
        List<Range> ranges = new ArrayList<>();
        int step = (parts.size() + MOST_RANGES - 1) / MOST_RANGES;
        for (int low = 0; low < parts.size(); low += step) {
            int high = Math.min(parts.size(), low + step) - 1;
            Tally sum = parts.subList(low, high + 1).stream().reduce(Tally.NONE, Tally::plus);
            ranges.add(new Range(low, high, sum));
        }
        return ranges;
    }

    /** The inputs that the ranges and the empty input add up to. */
    private BigInteger counted() {
        return ranges.stream()
                .map(range -> BigInteger.valueOf(range.tally().inputs()))
                .reduce(coversEmpty ? BigInteger.ONE : BigInteger.ZERO, BigInteger::add);
    }

    /**
     * Finds everything again that the proof says of a network, except that the network is right: that is for a verifier
     * to say.
     *
     * @throws InvalidInputException with the first statement that does not hold
     */
    public void requireHolds(BuiltNetwork built) {
        Evidence.Method how = Evidence.Method.of(method)
                .orElseThrow(() -> new InvalidInputException("the proof has a method \"" + method
                        + "\" that is not known; known are pairwise, additive, disjunct and enumeration"));
        requireSame("digest", network, NetworkDigest.of(built));
        Evidence.Method own = Evidence.methodFor(built, verifier.split(" ", 2)[0]);
        requireSame("method", how, own);
        Proof found = of(built, own, verifier, resumed);
        requireSame("digest of arrays", arrays, found.arrays);
        requireSame("number of features", features, found.features);
        requireSame("number of outputs", outputs, found.outputs);
        requireSame("fewest active features", minActive, found.minActive);
        requireSame("most active features", maxActive, found.maxActive);
        requireSame("number of inputs", inputs, found.inputs);
        requireSame("digest of rows", rows.orElse("none"), found.rows.orElse("none"));
        requireSame("empty input", coversEmpty, found.coversEmpty);
        requireSame("number of ranges", ranges.size(), found.ranges.size());
        for (int t = 0; t < ranges.size(); t++) {
            requireSame("range " + t, ranges.get(t), found.ranges.get(t));
        }
    }

    private static void requireSame(String what, Object says, Object is) {
        if (!says.equals(is)) {
            throw new InvalidInputException(
                    "the proof is not one of this network: its " + what + " is " + says + ", not " + is);
        }
    }
}
