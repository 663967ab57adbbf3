package org.superpose.runner.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/**
 * Counts the pairs of features that share enough rows of a clipped network, or that a gate reads together; all other
 * inputs are silent (theory, section 8).
 */
final class PairEvidence {
    /** The most that the sums of a second layer may reach, and more than its rows, for checkers of 16 bits. */
    private static final int MOST = 32_000;

    private final ProblemInstance instance;
    private final Gates gates;
    private final int[][] rowsOfFeature;
    private final int[][] featuresOfRow;
    private final int needed;

    private PairEvidence(BuiltNetwork built) {
        this.instance = built.instance();
        this.gates = instance.gates();
        SuperposedNetwork network = built.network();
        this.rowsOfFeature = rowsOfFeature(network);
        this.featuresOfRow = transpose(rowsOfFeature, network.layers().get(0).rows());
        this.needed = needed(network.layers().get(1));
    }

    /** Whether a network that the pairwise verifier has verified has the form that checkers know. */
    static boolean applies(BuiltNetwork built) {
        SuperposedNetwork network = built.network();
        Layer second = network.layers().get(1);
        if (built.instance().isLayered()
                || network.decoder().kind() != Decoder.Kind.EVERY_ROW
                || !FirstLayer.isFull(second.weights())
                || network.layers().get(0).rows() >= MOST
                || needed(second) >= MOST) {
            return false;
        }
        float[] row = new float[second.columns()];
        for (int f = 0; f < second.rows(); f++) {
            second.weights().copyRow(f, row);
            double size = -second.bias(f);
            for (float weight : row) {
                size += Math.abs(weight);
                if (weight != Math.rint(weight)) {
                    return false;
                }
            }
            if (size >= MOST || second.bias(f) != Math.rint(second.bias(f))) {
                return false;
            }
        }
        return true;
    }

    /** The fewest rows with which any row of the second layer can get above 0. */
    private static int needed(Layer second) {
        float largest = 0;
        double gap = Double.POSITIVE_INFINITY;
        float[] row = new float[second.columns()];
        for (int f = 0; f < second.rows(); f++) {
            gap = Math.min(gap, -(double) second.bias(f));
            second.weights().copyRow(f, row);
            for (float weight : row) {
                largest = Math.max(largest, weight);
            }
        }
        return largest == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE - 1, gap / largest) + 1;
    }

    static Evidence of(BuiltNetwork built) {
        PairEvidence evidence = new PairEvidence(built);
        InputDomain domain = built.instance().domain();
        int[] partners = partners(domain);
        ThreadLocal<short[]> counts = ThreadLocal.withInitial(() -> new short[domain.features()]);
        return new Evidence(
                Evidence.Method.PAIRWISE,
                Optional.of(evidence.digestOfRows()),
                IntStream.range(0, domain.features())
                        .parallel()
                        .mapToObj(a -> evidence.count(a, partners[a], counts.get()))
                        .toList());
    }

    /** For each feature how many behind it may be active with it. */
    private static int[] partners(InputDomain domain) {
        int[] partners = new int[domain.features()];
        int[] later = new int[domain.groupCount()];
        for (int a = partners.length - 1; a >= 0; a--) {
            partners[a] = partners.length - 1 - a - later[domain.groupOf(a)];
            later[domain.groupOf(a)]++;
        }
        return partners;
    }

    private Tally count(int a, int partners, short[] counts) {
        int[] hits = new int[64];
        int found = 0;
        for (int row : rowsOfFeature[a]) {
            int[] list = featuresOfRow[row];
            for (int t = Arrays.binarySearch(list, a) + 1; t < list.length; t++) {
                if (++counts[list[t]] == needed) {
                    hits = found == hits.length ? Arrays.copyOf(hits, 2 * found) : hits;
                    hits[found++] = list[t];
                }
            }
        }
        for (int s = 0; s < gates.influence(a); s++) {
            int gate = gates.reader(a, s);
            for (int t = 0; t < gates.fanIn(gate); t++) {
                int b = gates.read(gate, t);
                if (b > a && counts[b] < needed) {
                    counts[b] = (short) needed;
                    hits = found == hits.length ? Arrays.copyOf(hits, 2 * found) : hits;
                    hits[found++] = b;
                }
            }
        }
        Tally tally = look(a, partners, hits, found);
        for (int row : rowsOfFeature[a]) {
            for (int b : featuresOfRow[row]) {
                counts[b] = 0;
            }
        }
        for (int t = 0; t < found; t++) {
            counts[hits[t]] = 0;
        }
        return tally;
    }

    private Tally look(int a, int partners, int[] hits, int found) {
        InputDomain domain = instance.domain();
        boolean pairs = domain.maxActive() == 2;
        long inputs = (domain.minActive() <= 1 ? 1 : 0) + (pairs ? partners : 0);
        long looked = 0;
        long changes = 0;
        long digest = 0;
        for (int t = 0; pairs && t < found; t++) {
            if (domain.allowsTogether(a, hits[t])) {
                looked++;
                FeatureSet on = outputsOn(a, hits[t]);
                changes += on.size();
                long set = Decisions.set(new int[] {a, hits[t]}, 2);
                for (int s = 0; s < on.size(); s++) {
                    digest += Decisions.output(set, on.get(s));
                }
            }
        }
        return new Tally(inputs, changes, digest, looked, 0, 0, 0);
    }

    /** The outputs that are on for a pair: none is for less, so each reads both. */
    private FeatureSet outputsOn(int a, int b) {
        int fewer = gates.influence(a) <= gates.influence(b) ? a : b;
        int other = a + b - fewer;
        int[] on = new int[gates.influence(fewer)];
        int count = 0;
        for (int t = 0; t < gates.influence(fewer); t++) {
            int gate = gates.reader(fewer, t);
            int sum = gates.step(fewer, t);
            for (int s = 0; s < gates.fanIn(gate); s++) {
                sum += gates.read(gate, s) == other ? gates.function(gate).step(s) : 0;
            }
            if (gates.isOn(gate, sum)) {
                on[count++] = gate;
            }
        }
        return FeatureSet.ofSorted(on, count);
    }

    private String digestOfRows() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (int[] list : featuresOfRow) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(Integer.BYTES * (list.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putInt(list.length);
                for (int feature : list) {
                    bytes.putInt(feature);
                }
                sha256.update(bytes.array());
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** For each feature the rows of the first matrix that contain its code, ascending. */
    private static int[][] rowsOfFeature(SuperposedNetwork network) {
        BitMatrix bits = (BitMatrix) network.layers().get(0).weights();
        long[][] rowsOfColumn = new long[bits.columns()][BitMatrix.wordsPerRow(bits.rows())];
        for (int r = 0; r < bits.rows(); r++) {
            for (int w = 0; w < BitMatrix.wordsPerRow(bits.columns()); w++) {
                for (long word = bits.word(r, w); word != 0; word &= word - 1) {
                    rowsOfColumn[w * Long.SIZE + Long.numberOfTrailingZeros(word)][r / Long.SIZE] |= 1L << r;
                }
            }
        }
        Codes codes = network.inputCodes();
        return IntStream.range(0, codes.features())
                .parallel()
                .mapToObj(j -> {
                    long[] common = rowsOfColumn[codes.neuron(j, 0)].clone();
                    for (int t = 1; t < codes.weight(j); t++) {
                        long[] column = rowsOfColumn[codes.neuron(j, t)];
                        for (int w = 0; w < common.length; w++) {
                            common[w] &= column[w];
                        }
                    }
                    return elements(common);
                })
                .toArray(int[][]::new);
    }

    private static int[] elements(long[] set) {
        int[] elements = new int[Arrays.stream(set).mapToInt(Long::bitCount).sum()];
        int count = 0;
        for (int w = 0; w < set.length; w++) {
            for (long word = set[w]; word != 0; word &= word - 1) {
                elements[count++] = w * Long.SIZE + Long.numberOfTrailingZeros(word);
            }
        }
        return elements;
    }

    private static int[][] transpose(int[][] lists, int targets) {
        int[] sizes = new int[targets];
        for (int[] list : lists) {
            for (int target : list) {
                sizes[target]++;
            }
        }
        int[][] result = new int[targets][];
        Arrays.setAll(result, target -> new int[sizes[target]]);
        int[] filled = new int[targets];
        for (int source = 0; source < lists.length; source++) {
            for (int target : lists[source]) {
                result[target][filled[target]++] = source;
            }
        }
        return result;
    }
}
