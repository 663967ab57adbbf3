package org.superpose.core.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;

/**
 * The codes of features: for each feature a set of neurons (rows). As a matrix this is the 0/1 encoding E, neurons x
 * features, kept in compressed sparse row form by feature. Immutable.
 *
 * <p>Codes are drawn from a random stream of their own and never depend on the map to compute (theory, section 1).
 */
@Reference(value = "Definition: encoding", standing = Standing.RECONSTRUCTED)
public final class Codes {
    private final int neurons;
    private final int[] offsets;
    private final int[] members;

    private Codes(int neurons, int[] offsets, int[] members) {
        this.neurons = neurons;
        this.offsets = offsets;
        this.members = members;
    }

    /**
     * Codes in compressed sparse row form; the arrays are copied.
     *
     * @param neurons n, the number of neurons
     * @param offsets length features + 1, from 0 to members.length, strictly ascending: no code is empty
     * @param members the neurons of each code, each in 0..n-1, ascending and distinct within a code
     * @throws IllegalArgumentException if the arrays break one of these rules; the message names the feature
     */
    public static Codes of(int neurons, int[] offsets, int[] members) {
        if (offsets.length < 2 || offsets[0] != 0 || offsets[offsets.length - 1] != members.length) {
            throw new IllegalArgumentException("code offsets must run from 0 to the number of members ("
                    + members.length + ") and there must be at least one code");
        }
        for (int j = 0; j + 1 < offsets.length; j++) {
            if (offsets[j + 1] <= offsets[j] || offsets[j + 1] > members.length) {
                throw new IllegalArgumentException("the code of feature " + j + " is empty: offsets must ascend");
            }
            for (int t = offsets[j]; t < offsets[j + 1]; t++) {
                if (members[t] < 0 || members[t] >= neurons) {
                    throw new IllegalArgumentException("the code of feature " + j + " has neuron " + members[t]
                            + ", which is not in 0.." + (neurons - 1));
                }
                if (t > offsets[j] && members[t] <= members[t - 1]) {
                    throw new IllegalArgumentException("the neurons of the code of feature " + j + " must ascend, but "
                            + members[t] + " follows " + members[t - 1]);
                }
            }
        }
        return new Codes(neurons, offsets.clone(), members.clone());
    }

    /** The given codes, each ascending and distinct. */
    public static Codes of(int neurons, List<int[]> codes) {
        int[] offsets = new int[codes.size() + 1];
        Arrays.setAll(offsets, j -> j == 0 ? 0 : Math.addExact(offsets[j - 1], codes.get(j - 1).length));
        return of(neurons, offsets, codes.stream().flatMapToInt(Arrays::stream).toArray());
    }

    /**
     * Codes of one weight.
     *
     * @param members the neurons of feature j are members[j * weight .. (j + 1) * weight), ascending
     */
    public static Codes ofWeight(int neurons, int weight, int[] members) {
        int features = members.length / weight;
        return of(
                neurons, IntStream.rangeClosed(0, features).map(j -> j * weight).toArray(), members);
    }

    /** The code of feature j is neuron j alone: no superposition. */
    public static Codes identity(int features) {
        return ofWeight(features, 1, IntStream.range(0, features).toArray());
    }

    /** Whether the code of feature j is neuron j alone, for all of as many features as neurons. */
    public boolean isIdentity() {
        if (neurons != features() || members.length != neurons) {
            return false;
        }
        for (int j = 0; j < neurons; j++) {
            if (members[j] != j) {
                return false;
            }
        }
        return true;
    }

    /** n, the number of neurons. */
    public int neurons() {
        return neurons;
    }

    /** The number of features that have a code. */
    public int features() {
        return offsets.length - 1;
    }

    /** The number of neurons in the code of a feature. */
    public int weight(int feature) {
        return offsets[feature + 1] - offsets[feature];
    }

    /** The number of neurons in the largest code. */
    public int maxWeight() {
        return IntStream.range(0, features()).map(this::weight).max().orElse(0);
    }

    /** The number of neurons in the smallest code. */
    public int minWeight() {
        return IntStream.range(0, features()).map(this::weight).min().orElse(0);
    }

    /** The {@code t}-th neuron of the code of a feature, in ascending order. */
    public int neuron(int feature, int t) {
        return members[offsets[feature] + t];
    }

    /** The code of a feature as a fresh ascending array. */
    public int[] code(int feature) {
        return Arrays.copyOfRange(members, offsets[feature], offsets[feature + 1]);
    }

    /** The number of codes that contain each neuron: its load, an array of length n. */
    public int[] loads() {
        int[] loads = new int[neurons];
        for (int neuron : members) {
            loads[neuron]++;
        }
        return loads;
    }

    /** The transposed form: for each neuron the features whose code contains it, ascending. */
    public Codes.Inverse inverse() {
        int[] starts = new int[neurons + 1];
        for (int neuron : members) {
            starts[neuron + 1]++;
        }
        for (int e = 0; e < neurons; e++) {
            starts[e + 1] += starts[e];
        }
        int[] next = Arrays.copyOf(starts, neurons);
        int[] features = new int[members.length];
        for (int j = 0; j < features(); j++) {
            for (int t = offsets[j]; t < offsets[j + 1]; t++) {
                features[next[members[t]]++] = j;
            }
        }
        return new Inverse(starts, features);
    }

    /** A fresh copy of the offsets, length features + 1. */
    public int[] offsets() {
        return offsets.clone();
    }

    /** A fresh copy of all codes, one after another. */
    public int[] members() {
        return members.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Codes that
                && neurons == that.neurons
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(members, that.members);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(members);
    }

    @Override
    public String toString() {
        return features() + " codes of weight " + minWeight() + (minWeight() == maxWeight() ? "" : ".." + maxWeight())
                + " in " + neurons + " neurons";
    }

    /** For each neuron the features whose code contains it. */
    public static final class Inverse {
        private final int[] starts;
        private final int[] features;

        private Inverse(int[] starts, int[] features) {
            this.starts = starts;
            this.features = features;
        }

        /** The number of codes that contain a neuron. */
        public int load(int neuron) {
            return starts[neuron + 1] - starts[neuron];
        }

        /** The {@code t}-th feature, in ascending order, whose code contains the neuron. */
        public int feature(int neuron, int t) {
            return features[starts[neuron] + t];
        }
    }
}
