package org.superpose.problems;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random read sets in which every input is read a given number of times: the configuration model, with repairs.
 *
 * <p>Every input gets its number of places, the places are shuffled and cut into gates. A gate that reads an input
 * twice, or the same set as another, is faulty; it is repaired by exchanging one of its places with a random sound
 * gate, which keeps all influences. The number of attempts is bounded; what is then still faulty is for the caller to
 * replace, because some influences are impossible.
 */
final class ConfigurationGates {
    private static final int ATTEMPTS_PER_GATE = 1000;
    private static final int ATTEMPTS_PER_OUTPUT = 16;

    private final int fanIn;
    private final int outputs;
    private final RandomGenerator random;
    private final SubsetKeys keys;
    private final int[] reads;
    private final LongSet used;
    private final boolean[] faulty;
    private int faults;

    private ConfigurationGates(Subsets subsets, int[] influences, RandomGenerator random) {
        this.fanIn = subsets.fanIn();
        this.reads = new int[Arrays.stream(influences).sum()];
        this.outputs = reads.length / fanIn;
        this.random = random;
        this.keys = new SubsetKeys(subsets.inputs(), fanIn);
        this.used = new LongSet(outputs);
        this.faulty = new boolean[outputs];
    }

    /**
     * Draws gates and repairs them.
     *
     * @param influences d_j, how often each input is to be read; their sum is a multiple of the fan-in
     */
    static ConfigurationGates draw(Subsets subsets, int[] influences, RandomGenerator random) {
        ConfigurationGates gates = drawWithoutRepair(subsets, influences, random);
        gates.repair();
        return gates;
    }

    /** Draws gates and leaves them as they are. */
    static ConfigurationGates drawWithoutRepair(Subsets subsets, int[] influences, RandomGenerator random) {
        ConfigurationGates gates = new ConfigurationGates(subsets, influences, random);
        gates.fillPlaces(influences);
        gates.findFaults();
        return gates;
    }

    /** The number of gates that are still faulty. */
    int faults() {
        return faults;
    }

    /** The read sets of the sound gates, one after another, each ascending and no two alike. */
    int[] soundReads() {
        int[] sound = new int[(outputs - faults) * fanIn];
        int filled = 0;
        for (int gate = 0; gate < outputs; gate++) {
            if (!faulty[gate]) {
                System.arraycopy(reads, gate * fanIn, sound, filled, fanIn);
                filled += fanIn;
            }
        }
        return sound;
    }

    private void fillPlaces(int[] influences) {
        int filled = 0;
        for (int input = 0; input < influences.length; input++) {
            Arrays.fill(reads, filled, filled + influences[input], input);
            filled += influences[input];
        }
        Shuffle.inPlace(reads, random);
        for (int from = 0; from < reads.length; from += fanIn) {
            Arrays.sort(reads, from, from + fanIn);
        }
    }

    private void findFaults() {
        for (int gate = 0; gate < outputs; gate++) {
            faulty[gate] = repeats(reads, gate * fanIn) > 0 || !used.add(key(gate));
            faults += faulty[gate] ? 1 : 0;
        }
    }

    private long key(int gate) {
        return keys.of(reads, gate * fanIn, fanIn);
    }

    /** How many places of an ascending set repeat the one before. */
    private int repeats(int[] set, int from) {
        int count = 0;
        for (int t = from + 1; t < from + fanIn; t++) {
            if (set[t] == set[t - 1]) {
                count++;
            }
        }
        return count;
    }

    private void repair() {
        long budget = (long) ATTEMPTS_PER_OUTPUT * outputs + 100_000; // impossible influences must not cost hours
        for (int gate = 0; gate < outputs; gate++) {
            for (int attempt = 0; faulty[gate] && attempt < ATTEMPTS_PER_GATE && budget > 0; attempt++, budget--) {
                exchange(gate, random.nextInt(outputs));
            }
        }
    }

    /**
     * Exchanges a random place of a faulty gate with one of a sound gate, if this helps the one and does not harm the
     * other.
     */
    private void exchange(int gate, int partner) {
        int place = gate * fanIn + random.nextInt(fanIn);
        int partnerPlace = partner * fanIn + random.nextInt(fanIn);
        if (faulty[partner] || reads[place] == reads[partnerPlace]) {
            return;
        }
        int[] mended = with(gate, place, reads[partnerPlace]);
        int[] changed = with(partner, partnerPlace, reads[place]);
        int repeatsLeft = repeats(mended, 0);
        if (repeats(changed, 0) > 0 || repeatsLeft > Math.max(0, repeats(reads, gate * fanIn) - 1)) {
            return;
        }
        long changedKey = keys.of(changed, 0, fanIn);
        long mendedKey = keys.of(mended, 0, fanIn);
        if (used.contains(changedKey) || (repeatsLeft == 0 && (used.contains(mendedKey) || mendedKey == changedKey))) {
            return;
        }
        used.remove(key(partner));
        used.add(changedKey);
        put(partner, changed);
        put(gate, mended);
        if (repeatsLeft == 0) {
            used.add(mendedKey);
            faulty[gate] = false;
            faults--;
        }
    }

    private int[] with(int gate, int place, int input) {
        int[] set = Arrays.copyOfRange(reads, gate * fanIn, (gate + 1) * fanIn);
        set[place - gate * fanIn] = input;
        Arrays.sort(set);
        return set;
    }

    private void put(int gate, int[] set) {
        System.arraycopy(set, 0, reads, gate * fanIn, fanIn);
    }
}
