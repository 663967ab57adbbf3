package org.superpose.interop.foreign;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Table;

/**
 * The right outputs of every input of a domain, one row of bits each, in the order of {@link InputDomain#iterator}: a
 * prefix before its extensions, features ascending. Immutable.
 */
public final class TruthTable {
    private final InputDomain domain;
    private final int outputs;
    private final int wordsPerRow;
    private final long[] words;

    /**
     * Takes the words over.
     *
     * @param domain not grouped
     * @param outputs m', at least 1
     * @param words for each input as many words as its bits need, output 0 in the lowest bit of the first
     * @throws IllegalArgumentException if they are not as many as the domain needs, or a bit beyond the outputs is set
     */
    public TruthTable(InputDomain domain, int outputs, long[] words) {
        this.domain = domain;
        this.outputs = outputs;
        this.wordsPerRow = (outputs + Long.SIZE - 1) / Long.SIZE;
        this.words = words;
        BigInteger rows = BigInteger.valueOf(words.length / wordsPerRow);
        if (!rows.equals(domain.size()) || words.length % wordsPerRow != 0) {
            throw new IllegalArgumentException(
                    "a truth table over " + domain + " has " + domain.size() + " rows, not " + rows);
        }
        long beyond = outputs % Long.SIZE == 0 ? 0 : -1L << outputs;
        for (int end = wordsPerRow - 1; end < words.length; end += wordsPerRow) {
            if ((words[end] & beyond) != 0) {
                throw new IllegalArgumentException(
                        "row " + end / wordsPerRow + " of the truth table has bits beyond its " + outputs + " outputs");
            }
        }
    }

    /** The inputs, whose order is that of the rows. */
    public InputDomain domain() {
        return domain;
    }

    /** m'. */
    public int outputs() {
        return outputs;
    }

    /** Tells it from all other tables of its size: SHA-256 over the rows, in hexadecimal digits. */
    public String digest() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(words.length, Long.BYTES));
        bytes.asLongBuffer().put(words);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /**
     * The outputs that should be on.
     *
     * @param index place of an input in the order of the domain, from 0
     */
    public FeatureSet row(long index) {
        int start = Math.toIntExact(index * wordsPerRow);
        return setBits(Arrays.copyOfRange(words, start, start + wordsPerRow));
    }

    private static FeatureSet setBits(long[] row) {
        int[] on = BitSet.valueOf(row).stream().toArray();
        return FeatureSet.ofSorted(on, on.length);
    }

    /**
     * The map as gates that compute it on the whole domain, each of the features on which its output depends there.
     *
     * @return empty if an output depends on more than {@value Table#MAX_FAN_IN} features, or, where few active features
     *     are not in the domain, if that does not say what it computes
     */
    public Optional<Gates> gates() {
        BitSet[] essential = essential();
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            int[] reads = reads(essential, i);
            if (reads.length > Table.MAX_FAN_IN) {
                return Optional.empty();
            }
            gates.add(gate(i, reads));
        }
        Gates found = Gates.of(domain.features(), gates);
        long index = 0;
        for (FeatureSet active : domain) {
            if (!found.evaluate(active).equals(row(index++))) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    /** The map with its domain, if {@link #gates} can be found. */
    public Optional<ProblemInstance> instance() {
        return gates().map(found -> new ProblemInstance(
                ForeignNetwork.CONSTRUCTION,
                ParameterValues.NONE,
                0,
                List.of(found),
                domain,
                CountedClass.of(List.of(found), domain),
                FeatureNames.NONE,
                FeatureNames.NONE));
    }

    /** For each feature the outputs that it changes on some input that differs in it alone. */
    private BitSet[] essential() {
        BitSet[] essential = new BitSet[domain.features()];
        Arrays.setAll(essential, j -> new BitSet(outputs));
        long[][] found = new long[domain.features()][wordsPerRow];
        long index = 0;
        for (FeatureSet active : domain) {
            int row = Math.toIntExact(index++ * wordsPerRow);
            if (active.size() <= domain.minActive()) {
                continue;
            }
            int[] rest = new int[active.size() - 1];
            for (int t = 0; t < active.size(); t++) {
                for (int s = 0; s < rest.length; s++) {
                    rest[s] = active.get(s < t ? s : s + 1);
                }
                int other = Math.toIntExact(index(rest) * wordsPerRow);
                long[] changed = found[active.get(t)];
                for (int w = 0; w < wordsPerRow; w++) {
                    changed[w] |= words[row + w] ^ words[other + w];
                }
            }
        }
        for (int j = 0; j < found.length; j++) {
            essential[j] = BitSet.valueOf(found[j]);
        }
        return essential;
    }

    private static int[] reads(BitSet[] essential, int output) {
        int[] reads = new int[Table.MAX_FAN_IN + 1];
        int count = 0;
        for (int j = 0; j < essential.length && count < reads.length; j++) {
            if (essential[j].get(output)) {
                reads[count++] = j;
            }
        }
        return Arrays.copyOf(reads, count);
    }

    /**
     * The gate of an output that depends on its reads alone. An input with too few active features stands for one with
     * others besides; what has too many is on iff some part of it is: so an OR stays an OR.
     */
    private Gate gate(int output, int[] reads) {
        boolean[] on = new boolean[1 << reads.length];
        for (int set = 0; set < on.length; set++) {
            if (Integer.bitCount(set) <= domain.maxActive()) {
                int[] active = filled(set, reads);
                on[set] = active.length >= domain.minActive() && isOn(index(active), output);
            } else {
                for (int t = 0; t < reads.length; t++) {
                    on[set] |= (set >> t & 1) != 0 && on[set & ~(1 << t)];
                }
            }
        }
        return Gate.of(
                x -> {
                    int set = 0;
                    for (int t = 0; t < x.length; t++) {
                        set |= x[t] ? 1 << t : 0;
                    }
                    return on[set];
                },
                reads);
    }

    /**
     * Some of the reads, ascending, filled up with other features, as far as there are any, to as many as are needed.
     */
    private int[] filled(int set, int[] reads) {
        int missing = Math.max(0, domain.minActive() - Integer.bitCount(set));
        BitSet active = new BitSet(domain.features());
        BitSet known = new BitSet(domain.features());
        for (int t = 0; t < reads.length; t++) {
            known.set(reads[t]);
            active.set(reads[t], (set >> t & 1) != 0);
        }
        for (int j = known.nextClearBit(0); missing > 0 && j < domain.features(); j = known.nextClearBit(j + 1)) {
            active.set(j);
            missing--;
        }
        return active.stream().toArray();
    }

    private boolean isOn(long index, int output) {
        return (words[Math.toIntExact(index * wordsPerRow) + output / Long.SIZE] >>> output & 1) != 0;
    }

    /**
     * The place of an input: those before it share a prefix with it, and then end or go on with a smaller feature.
     *
     * @param active ascending, an input of the domain
     */
    private long index(int[] active) {
        long before = 0;
        int next = 0;
        for (int t = 0; t < active.length; t++) {
            before += t >= domain.minActive() ? 1 : 0; // the prefix itself
            for (int j = next; j < active[t]; j++) {
                before += extensions(domain.features() - j - 1, t + 1);
            }
            next = active[t] + 1;
        }
        return before;
    }

    /** How many inputs begin with {@code chosen} given features and may have any of {@code left} more. */
    private long extensions(int left, int chosen) {
        long count = 0;
        long sets = 1;
        for (int more = 0; chosen + more <= domain.maxActive() && more <= left; more++) {
            count += chosen + more >= domain.minActive() ? sets : 0;
            sets = sets * (left - more) / (more + 1);
        }
        return count;
    }
}
