package org.superpose.problems;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.superpose.core.random.Seed;

/**
 * Distinct random read sets in which every input is read equally often: all influences d_j are within 1 of r m' / m.
 *
 * <p>Drawn by the configuration model, which succeeds almost always. Gates that it leaves faulty are replaced by unused
 * random sets, and the influences are then levelled: while some input a is read at least twice more than some b, there
 * is a gate that reads a but not b and whose set with b for a is unused (otherwise b would be read at least as often as
 * a), and this gate is changed. Each step lowers the sum of squared influences, so this always ends, with all
 * influences within 1.
 */
final class RegularGates {
    private final Subsets subsets;
    private final int fanIn;
    private final int outputs;
    private final RandomGenerator random;
    private final SubsetKeys keys;
    private final int[] reads;
    private final LongSet used;

    /** Starts from some sound gates and adds unused random ones. */
    private RegularGates(Subsets subsets, int[] sound, int outputs, RandomGenerator random) {
        this.subsets = subsets;
        this.fanIn = subsets.fanIn();
        this.outputs = outputs;
        this.random = random;
        this.keys = new SubsetKeys(subsets.inputs(), fanIn);
        this.reads = Arrays.copyOf(sound, outputs * fanIn);
        this.used = new LongSet(outputs);
        for (int gate = 0; gate < sound.length / fanIn; gate++) {
            used.add(key(gate));
        }
        for (int gate = sound.length / fanIn; gate < outputs; ) {
            int[] set = subsets.draw(random);
            if (used.add(keys.of(set, 0, fanIn))) {
                put(gate++, set);
            }
        }
    }

    /**
     * Draws the read sets of all outputs, one after another, each ascending, in random order.
     *
     * @param outputs at most the number of subsets
     */
    static int[] draw(Subsets subsets, int outputs, Seed seed) {
        RandomGenerator random = seed.generator();
        if (subsets.isMajority(outputs)) {
            // the complement of sets with equal influences has equal influences, and sparse sets are easy to repair
            int excluded = subsets.count().intValueExact() - outputs;
            return Shuffle.blocks(subsets.allBut(drawSparse(subsets, excluded, random)), subsets.fanIn(), random);
        }
        return drawSparse(subsets, outputs, random);
    }

    /** At most half of all subsets. */
    private static int[] drawSparse(Subsets subsets, int outputs, RandomGenerator random) {
        ConfigurationGates gates = ConfigurationGates.draw(subsets, equalInfluences(subsets, outputs, random), random);
        return gates.faults() == 0 ? gates.soundReads() : levelled(subsets, gates, outputs, random);
    }

    static int[] equalInfluences(Subsets subsets, int outputs, RandomGenerator random) {
        int places = outputs * subsets.fanIn();
        int[] influences = new int[subsets.inputs()];
        Arrays.fill(influences, places / subsets.inputs());
        int[] order = Shuffle.permutation(subsets.inputs(), random);
        for (int t = 0; t < places % subsets.inputs(); t++) {
            influences[order[t]]++;
        }
        return influences;
    }

    /** Replaces what is faulty and levels the influences. */
    static int[] levelled(Subsets subsets, ConfigurationGates gates, int outputs, RandomGenerator random) {
        RegularGates regular = new RegularGates(subsets, gates.soundReads(), outputs, random);
        regular.level();
        return Shuffle.blocks(regular.reads, subsets.fanIn(), random);
    }

    private long key(int gate) {
        return keys.of(reads, gate * fanIn, fanIn);
    }

    private void put(int gate, int[] set) {
        System.arraycopy(set, 0, reads, gate * fanIn, fanIn);
    }

    private void level() {
        int[] influence = new int[subsets.inputs()];
        for (int input : reads) {
            influence[input]++;
        }
        while (true) {
            int most = 0;
            int least = 0;
            for (int j = 1; j < influence.length; j++) {
                most = influence[j] > influence[most] ? j : most;
                least = influence[j] < influence[least] ? j : least;
            }
            if (influence[most] - influence[least] < 2) {
                return;
            }
            move(most, least);
            influence[most]--;
            influence[least]++;
        }
    }

    /** Makes one gate read {@code to} instead of {@code from}. */
    private void move(int from, int to) {
        int start = random.nextInt(outputs);
        for (int t = 0; t < outputs; t++) {
            int gate = (start + t) % outputs;
            int place = Arrays.binarySearch(reads, gate * fanIn, (gate + 1) * fanIn, from);
            if (place < 0 || Arrays.binarySearch(reads, gate * fanIn, (gate + 1) * fanIn, to) >= 0) {
                continue;
            }
            int[] set = Arrays.copyOfRange(reads, gate * fanIn, (gate + 1) * fanIn);
            set[place - gate * fanIn] = to;
            Arrays.sort(set);
            if (used.contains(keys.of(set, 0, fanIn))) {
                continue;
            }
            used.remove(key(gate));
            put(gate, set);
            used.add(key(gate));
            return;
        }
        throw new IllegalStateException("no gate can read " + to + " instead of " + from);
    }
}
