package org.superpose.core.verify.enumeration;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.verify.arithmetic.ExactModel;

/**
 * Evaluates clipped networks of two matrices on bit sets, for the candidates that {@link SecondLayerFilter} cannot rule
 * out: the rows of the second matrix that get above zero are those that lie in enough of the columns of the disturbed
 * neurons.
 *
 * <p>It applies where a disturbance is exactly what a neuron adds to each row that reads it: the second matrix has the
 * entries 0 and 1 (or 0 and -1, behind a saturation), every change of a neuron raises sums and never lowers one, all
 * rows are equally far below zero on the empty input, and the decoder asks only whether a row is above zero.
 */
final class SwitchedOutputs {
    private final ExactModel model;
    private final long[] columns;
    private final int words;
    private final int reach;
    private final int[] outputWeights;

    private SwitchedOutputs(ExactModel model, long[] columns, int words, int reach) {
        this.model = model;
        this.columns = columns;
        this.words = words;
        this.reach = reach;
        Codes codes = model.decoder().codes();
        this.outputWeights = new int[codes.features()];
        for (int i = 0; i < outputWeights.length; i++) {
            outputWeights[i] = codes.weight(i);
        }
    }

    /** @param steps of each neuron, the disturbances for its sums from {@code lowestSum} on */
    static Optional<SwitchedOutputs> of(ExactModel model, int[][] steps, int[] lowestSum) {
        int second = model.secondMatrix();
        if (second != model.stages().size() - 1 || !asksOnlyWhetherRowsAreOn(model.decoder())) {
            return Optional.empty();
        }
        ExactModel.Stage stage = model.stages().get(second);
        int empty = stage.emptySums()[0];
        if (Arrays.stream(stage.emptySums()).anyMatch(sum -> sum != empty)) {
            return Optional.empty();
        }
        int words = Kernel.paddedWords(stage.rows());
        long[] columns = new long[Math.multiplyExact(stage.columns().count(), words)];
        int weight = 0;
        for (int e = 0; e < stage.columns().count(); e++) {
            for (int f = 0; f < stage.rows(); f++) {
                int entry = stage.columns().get(f, e);
                if (entry != 0) {
                    if (Math.abs(entry) != 1 || weight == -entry) {
                        return Optional.empty();
                    }
                    weight = entry;
                    columns[e * words + f / Long.SIZE] |= 1L << f;
                }
            }
        }
        for (int e = 0; e < steps.length; e++) {
            boolean isRead = Arrays.stream(columns, e * words, (e + 1) * words).anyMatch(word -> word != 0);
            if (isRead && !areExact(model, e, weight, steps[e], lowestSum[e])) {
                return Optional.empty();
            }
        }
        return Optional.of(new SwitchedOutputs(model, columns, words, 1 - empty));
    }

    private static boolean asksOnlyWhetherRowsAreOn(Decoder decoder) {
        return decoder.isByRow()
                && IntStream.range(0, decoder.outputs()).allMatch(output -> decoder.threshold(output) <= 1);
    }

    private static boolean areExact(ExactModel model, int neuron, int weight, int[] steps, int lowestSum) {
        int empty = model.valueAfterDiagonals(neuron, model.first().bias()[neuron]);
        for (int t = 0; t < steps.length; t++) {
            if (steps[t] != (model.valueAfterDiagonals(neuron, lowestSum + t) - empty) * weight) {
                return false;
            }
        }
        return true;
    }

    /** Buffers of one thread. */
    final class Scan {
        private final long[] on = new long[words];
        private final int[] hits = new int[outputWeights.length];
        private final int[] touched = new int[outputWeights.length];
        private int[] starts = new int[256];
        private int sets;

        void clear() {
            sets = 0;
        }

        /** Lets a neuron of the first layer add {@code times} to every row that reads it. */
        void disturb(int neuron, int times) {
            // More than reach changes nothing.
            for (int t = Math.min(times, reach); t > 0; t--) {
                if (sets == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * sets);
                }
                starts[sets++] = neuron * words;
            }
        }

        /** The outputs that are on for what has disturbed since {@link #clear}. */
        FeatureSet outputs() {
            if (sets < reach) {
                return FeatureSet.EMPTY;
            }
            model.kernel().reach(columns, starts, sets, 0, words, reach, on);
            int touchedCount = 0;
            for (int w = 0; w < words; w++) {
                for (long word = on[w]; word != 0; word &= word - 1) {
                    touchedCount = touch(w * Long.SIZE + Long.numberOfTrailingZeros(word), touchedCount);
                }
            }
            int found = 0;
            for (int t = 0; t < touchedCount; t++) {
                int output = touched[t];
                boolean isOn = hits[output] == outputWeights[output];
                hits[output] = 0;
                if (isOn) {
                    touched[found++] = output;
                }
            }
            return FeatureSet.of(Arrays.copyOf(touched, found));
        }

        private int touch(int neuron, int touchedCount) {
            int count = touchedCount;
            Codes.Inverse outputsOfNeuron = model.outputsOfNeuron();
            for (int t = 0; t < outputsOfNeuron.load(neuron); t++) {
                int output = outputsOfNeuron.feature(neuron, t);
                if (hits[output]++ == 0) {
                    touched[count++] = output;
                }
            }
            return count;
        }
    }
}
