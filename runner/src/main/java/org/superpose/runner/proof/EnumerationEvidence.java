package org.superpose.runner.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;

/** Counts every input, by its lowest active feature, and leaves out prefixes that {@link SilentPrefixes} bounds. */
final class EnumerationEvidence {
    private static final BigInteger MOST = BigInteger.TEN.pow(12);

    private final InputDomain domain;
    private final Optional<SilentPrefixes> silent;
    private final int[] active;
    private final ChangedOutputs outputs;

    private long inputs;
    private long changes;
    private long digest;
    private long pruned;
    private long prunedInputs;
    private long prunedDigest;

    private EnumerationEvidence(ProblemInstance instance, Optional<SilentPrefixes> silent) {
        this.domain = instance.domain();
        this.silent = silent;
        this.active = new int[domain.maxActive()];
        this.outputs = instance.isLayered() ? new OfLayers(instance) : new OfGates(instance.gates());
    }

    static Evidence of(BuiltNetwork built) {
        BigInteger size = built.instance().domain().size();
        if (size.compareTo(MOST) > 0) {
            throw new InvalidInputException(
                    "a proof of this network would count " + size + " inputs one by one; at most " + MOST + " are");
        }
        Optional<SilentPrefixes> silent = SilentPrefixes.of(built);
        ThreadLocal<EnumerationEvidence> walks = ThreadLocal.withInitial(
                () -> new EnumerationEvidence(built.instance(), silent.map(SilentPrefixes::forThread)));
        return new Evidence(
                Evidence.Method.ENUMERATION,
                Optional.empty(),
                IntStream.range(0, built.instance().inputs())
                        .parallel()
                        .mapToObj(feature -> walks.get().count(feature))
                        .toList());
    }

    private Tally count(int lowest) {
        inputs = 0;
        changes = 0;
        digest = 0;
        pruned = 0;
        prunedInputs = 0;
        prunedDigest = 0;
        extend(0, lowest);
        return new Tally(inputs + prunedInputs, changes, digest, inputs, pruned, prunedInputs, prunedDigest);
    }

    private void extend(int count, int feature) {
        active[count] = feature;
        int size = count + 1;
        if (silent.isPresent()) {
            silent.get().push(count, feature);
            if (size < active.length && prune(silent.get(), size)) {
                return;
            }
        }
        outputs.push(feature);
        if (size >= domain.minActive()) {
            inputs++;
            look(size);
        }
        for (int next = feature + 1; size < active.length && next < domain.features(); next++) {
            if (domain.fits(active, size, next)) {
                extend(size, next);
            }
        }
        outputs.pop(feature);
    }

    private boolean prune(SilentPrefixes prefixes, int size) {
        int bound = prefixes.rowsThatMayFire(size);
        if (bound >= prefixes.needed()) {
            return false;
        }
        pruned++;
        prunedInputs += prefixes.inputs(size, active[size - 1]);
        prunedDigest += Decisions.mix(Decisions.set(active, size) + bound);
        return true;
    }

    private void look(int size) {
        int count = outputs.find(active, size);
        if (count == 0) {
            return;
        }
        long set = Decisions.set(active, size);
        changes += count;
        for (int t = 0; t < count; t++) {
            digest += Decisions.output(set, outputs.get(t));
        }
    }

    /** The outputs whose value is not that for the empty input, while features are added and taken away. */
    private interface ChangedOutputs {
        void push(int feature);

        void pop(int feature);

        /** How many there are for a set of features: those that were pushed. */
        int find(int[] active, int size);

        int get(int t);
    }

    private static final class OfGates implements ChangedOutputs {
        private final Gates gates;
        private final int[] sums;
        private final boolean[] resting;
        private final int[] changed;
        /** Where an output is among the changed ones, or -1. */
        private final int[] place;

        private int count;

        OfGates(Gates gates) {
            this.gates = gates;
            this.sums = new int[gates.outputs()];
            this.resting = new boolean[sums.length];
            for (int i = 0; i < resting.length; i++) {
                resting[i] = gates.isOn(i, 0);
            }
            this.changed = new int[sums.length];
            this.place = new int[sums.length];
            Arrays.fill(place, -1);
        }

        @Override
        public void push(int feature) {
            add(feature, 1);
        }

        @Override
        public void pop(int feature) {
            add(feature, -1);
        }

        private void add(int feature, int sign) {
            for (int t = 0; t < gates.influence(feature); t++) {
                int output = gates.reader(feature, t);
                sums[output] += sign * gates.step(feature, t);
                boolean differs = gates.isOn(output, sums[output]) != resting[output];
                if (differs && place[output] < 0) {
                    place[output] = count;
                    changed[count++] = output;
                } else if (!differs && place[output] >= 0) {
                    int last = changed[--count];
                    changed[place[output]] = last;
                    place[last] = place[output];
                    place[output] = -1;
                }
            }
        }

        @Override
        public int find(int[] active, int size) {
            return count;
        }

        @Override
        public int get(int t) {
            return changed[t];
        }
    }

    private static final class OfLayers implements ChangedOutputs {
        private final RestingState rest;
        private FeatureSet changed = FeatureSet.EMPTY;

        OfLayers(ProblemInstance instance) {
            this.rest = RestingState.of(instance);
        }

        @Override
        public void push(int feature) {
            // found anew for each input
        }

        @Override
        public void pop(int feature) {
            // found anew for each input
        }

        @Override
        public int find(int[] active, int size) {
            changed = rest.changes(FeatureSet.ofSorted(active, size));
            return changed.size();
        }

        @Override
        public int get(int t) {
            return changed.get(t);
        }
    }
}
