package org.superpose.interop.score;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;
import org.superpose.interop.truth.StateRun;

/**
 * Codes blocks of samples by the latents of a dictionary, and reads them back. May be used by any number of threads.
 */
final class Coder {
    /** The share of what there is to explain that a further latent of the greedy code has to explain. */
    private static final double LEAST_GAIN = 0.01;

    /** Latents of a greedy code at most. */
    private static final int MOST_STEPS = 64;

    private final DictionaryWeights weights;
    private final Kernel kernel = Kernels.best();
    /** The encoder, or the decoder where there is none. */
    private final RowPanels reading;

    private final float[] bias;
    private final double[] squares;

    /**
     * @param readsOutputs whether the encoder reads what the decoder writes, so that the decoder's bias is taken off
     */
    Coder(DictionaryWeights weights, boolean readsOutputs) {
        this.weights = weights;
        float[][] rows = weights.encoder().orElse(weights.decoder());
        this.reading = RowPanels.of(rows.length, rows[0].length, r -> rows[r]);
        this.bias = new float[rows.length];
        this.squares = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            double shift = 0;
            if (readsOutputs) {
                for (int c = 0; c < rows[k].length; c++) {
                    shift += (double) rows[k][c] * weights.decoderBias()[c];
                }
            }
            bias[k] = weights.encoder().isPresent() ? (float) (weights.encoderBias()[k] - shift) : 0;
            for (float value : weights.decoder()[k]) {
                squares[k] += (double) value * value;
            }
        }
    }

    /**
     * Latents of some samples.
     *
     * @param x the samples one after another
     * @return samples x latents, none negative
     */
    float[] encode(float[] x, int samples) {
        return weights.encoder().isPresent() ? byEncoder(x, samples) : greedily(x, samples);
    }

    private float[] byEncoder(float[] x, int samples) {
        int latents = weights.latents();
        float[] z = new float[samples * latents];
        kernel.matrixBlockRelu(reading, bias, x, samples, z);
        if (weights.thresholds().isPresent()) {
            float[] thresholds = weights.thresholds().get();
            for (int t = 0; t < z.length; t++) {
                z[t] = z[t] > thresholds[t % latents] ? z[t] : 0;
            }
        }
        if (weights.k().isPresent()) {
            for (int i = 0; i < samples; i++) {
                TopK.keep(z, i * latents, latents, weights.k().get());
            }
        }
        return z;
    }

    /**
     * Nonnegative matching pursuit: again and again the latent that explains most of what is left; at the end least
     * squares for those that were taken.
     */
    private float[] greedily(float[] x, int samples) {
        int latents = weights.latents();
        int size = x.length / Math.max(1, samples);
        float[] z = new float[samples * latents];
        float[] rest = x.clone();
        double[] enough = new double[samples];
        for (int i = 0; i < samples; i++) {
            double square = 0;
            for (int c = 0; c < size; c++) {
                rest[i * size + c] -= weights.decoderBias()[c];
                square += (double) rest[i * size + c] * rest[i * size + c];
            }
            enough[i] = LEAST_GAIN * square;
        }
        boolean[] done = new boolean[samples];
        float[] products = new float[samples * latents];
        boolean any = true;
        for (int step = 0; step < MOST_STEPS && any; step++) {
            kernel.matrixBlock(reading, bias, rest, 0, samples, products);
            any = false;
            for (int i = 0; i < samples; i++) {
                if (!done[i]) {
                    done[i] = !takeBest(i, products, rest, z, size, enough[i]);
                    any |= !done[i];
                }
            }
        }
        for (int i = 0; i < samples; i++) {
            refit(x, i, z, size);
        }
        return z;
    }

    /** Gives the chosen latents of a sample the numbers of least squares, unless one would not be positive. */
    private void refit(float[] x, int sample, float[] z, int size) {
        int from = sample * weights.latents();
        int[] chosen = IntStream.range(0, weights.latents())
                .filter(k -> z[from + k] > 0)
                .toArray();
        double[][] system = new double[chosen.length][chosen.length + 1];
        for (int a = 0; a < chosen.length; a++) {
            float[] own = weights.decoder()[chosen[a]];
            for (int b = 0; b < chosen.length; b++) {
                float[] other = weights.decoder()[chosen[b]];
                for (int c = 0; c < size; c++) {
                    system[a][b] += (double) own[c] * other[c];
                }
            }
            for (int c = 0; c < size; c++) {
                system[a][chosen.length] += (double) own[c] * (x[sample * size + c] - weights.decoderBias()[c]);
            }
        }
        double[] solution = solved(system);
        if (Arrays.stream(solution).allMatch(value -> value > 0)) {
            for (int a = 0; a < chosen.length; a++) {
                z[from + chosen[a]] = (float) solution[a];
            }
        }
    }

    /** Solves a positive definite system by elimination; what cannot be solved has no positive solution. */
    private static double[] solved(double[][] system) {
        int size = system.length;
        for (int a = 0; a < size; a++) {
            if (!(system[a][a] > 1e-9)) {
                return new double[size];
            }
            for (int b = a + 1; b < size; b++) {
                double factor = system[b][a] / system[a][a];
                for (int c = a; c <= size; c++) {
                    system[b][c] -= factor * system[a][c];
                }
            }
        }
        double[] solution = new double[size];
        for (int a = size - 1; a >= 0; a--) {
            double rest = system[a][size];
            for (int b = a + 1; b < size; b++) {
                rest -= system[a][b] * solution[b];
            }
            solution[a] = rest / system[a][a];
        }
        return solution;
    }

    private boolean takeBest(int sample, float[] products, float[] rest, float[] z, int size, double enough) {
        int latents = weights.latents();
        int best = -1;
        double most = enough;
        for (int k = 0; k < latents; k++) {
            double product = products[sample * latents + k];
            if (product > 0 && product * product > most * squares[k]) {
                most = product * product / squares[k];
                best = k;
            }
        }
        if (best < 0) {
            return false;
        }
        float factor = (float) (products[sample * latents + best] / squares[best]);
        z[sample * latents + best] += factor;
        float[] direction = weights.decoder()[best];
        for (int c = 0; c < size; c++) {
            rest[sample * size + c] -= factor * direction[c];
        }
        return true;
    }

    /** What the latents of one sample say. */
    float[] decode(float[] z, int from) {
        float[] sum = weights.decoderBias().clone();
        for (int k = 0; k < weights.latents(); k++) {
            if (z[from + k] != 0) {
                StateRun.addScaled(weights.decoder()[k], z[from + k], sum);
            }
        }
        return sum;
    }
}
