package org.superpose.runner.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which neurons have each node of one layer, and the nodes whose neurons no others have that can be on together: their
 * codes are disjunct (Kautz and Singleton 1964), by a count of the neurons that they share.
 */
final class DisjunctCodes {
    private static final int[] NO_NODES = {};

    private final List<DisjunctNeurons.Neuron> neurons;
    private final int layer;
    private final int[] degree;
    private final int[] counts;

    /**
     * @param neurons of one state
     * @param layer of the nodes
     * @param nodes how many the layer has
     * @param mostOn how many of them are on at most
     */
    DisjunctCodes(List<DisjunctNeurons.Neuron> neurons, int layer, int nodes, int mostOn) {
        this.neurons = neurons;
        this.layer = layer;
        this.counts = new int[nodes];
        List<List<int[]>> with = new ArrayList<>();
        for (int a = 0; a < nodes; a++) {
            with.add(new ArrayList<>());
        }
        for (DisjunctNeurons.Neuron neuron : neurons) {
            if (neuron.isAny() && neuron.layer() == layer) {
                for (int a : neuron.nodes()) {
                    with.get(a).add(neuron.nodes());
                }
            }
        }
        this.degree = new int[nodes];
        for (int a = 0; a < nodes; a++) {
            degree[a] = isDisjunct(a, with.get(a), mostOn) ? with.get(a).size() : -1;
        }
    }

    private boolean isDisjunct(int node, List<int[]> own, int mostOn) {
        Arrays.fill(counts, 0);
        for (int[] nodes : own) {
            for (int x : nodes) {
                counts[x]++;
            }
        }
        counts[node] = 0;
        int[] nodesWith = new int[own.size() + 1]; // by how many of the neurons they share
        for (int count : counts) {
            nodesWith[Math.min(count, own.size())]++;
        }
        long shared = 0;
        int left = mostOn;
        for (int count = own.size(); count > 0 && left > 0; count--) {
            int taken = Math.min(left, nodesWith[count]);
            shared += (long) taken * count;
            left -= taken;
        }
        return shared < own.size();
    }

    int layer() {
        return layer;
    }

    /** The nodes all of which are on iff all of some neurons are, ascending; none if that is not known. */
    int[] allOn(int[] read) {
        Arrays.fill(counts, 0);
        List<Integer> whole = new ArrayList<>();
        for (int e : read) {
            DisjunctNeurons.Neuron neuron = neurons.get(e);
            if (!neuron.isAny() || neuron.layer() != layer) {
                return NO_NODES;
            }
            for (int x : neuron.nodes()) {
                counts[x]++;
                if (counts[x] == degree[x]) {
                    whole.add(x);
                }
            }
        }
        for (int e : read) {
            if (Arrays.stream(neurons.get(e).nodes()).noneMatch(x -> counts[x] == degree[x])) {
                return NO_NODES;
            }
        }
        return whole.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
