package org.superpose.interop.method;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.random.Seed;
import org.superpose.interop.score.DictionaryWeights;
import org.superpose.interop.score.TopK;

/**
 * Trains a sparse autoencoder or a transcoder by Adam: TopK (Gao et al., arXiv 2406.04093) or ReLU with an L1 penalty
 * (Bricken et al., "Towards monosemanticity", 2023), decoder rows of norm 1. Activations of these networks have few
 * entries that differ from zero, so the encoder is kept by columns and the kernel for sparse inputs adds those.
 *
 * <p>One thread and a fixed order: the same bits for the same seed on every machine with the SIMD kernels.
 */
public final class DictionaryTraining {
    private static final float LENGTH_FLOOR = 1e-8f;

    private final TrainingSettings settings;
    private final float[][] x;
    private final float[][] y;
    private final boolean isAutoencoder;
    private final int inputs;
    private final int outputs;
    private final int latents;
    private final Kernel kernel = Kernels.best();
    /** inputs x latents: the encoder by columns. */
    private final AdamMatrix encoder;

    private final AdamMatrix encoderBias;
    /** latents x outputs. */
    private final AdamMatrix decoder;

    private final AdamMatrix decoderBias;

    private DictionaryTraining(float[][] x, float[][] y, TrainingSettings settings, Seed seed) {
        this.settings = settings;
        this.x = x;
        this.y = y;
        this.isAutoencoder = x == y;
        this.inputs = x[0].length;
        this.outputs = y[0].length;
        this.latents = settings.latents();
        this.encoder = new AdamMatrix(inputs, latents);
        this.encoderBias = new AdamMatrix(1, latents);
        this.decoder = new AdamMatrix(latents, outputs);
        this.decoderBias = new AdamMatrix(1, outputs);
        RandomGenerator random = seed.child("start").generator();
        for (float[] row : decoder.values()) {
            for (int c = 0; c < outputs; c++) {
                row[c] = (float) (random.nextDouble() - 0.5);
            }
        }
        normalizeDecoder();
        for (int c = 0; c < inputs; c++) {
            for (int k = 0; k < latents; k++) {
                encoder.values()[c][k] = isAutoencoder
                        ? decoder.values()[k][c]
                        : (float) ((random.nextDouble() - 0.5) * 2 / Math.sqrt(inputs));
            }
        }
    }

    /**
     * Trains a sparse autoencoder.
     *
     * @param x samples x n
     */
    public static DictionaryWeights autoencoder(float[][] x, TrainingSettings settings, Seed seed) {
        return new DictionaryTraining(x, x, settings, seed).run(seed);
    }

    /**
     * Trains a transcoder.
     *
     * @param x samples x what it reads
     * @param y samples x what it is to write
     */
    public static DictionaryWeights transcoder(float[][] x, float[][] y, TrainingSettings settings, Seed seed) {
        return new DictionaryTraining(x, y, settings, seed).run(seed);
    }

    private DictionaryWeights run(Seed seed) {
        RandomGenerator random = seed.child("batches").generator();
        for (int step = 1; step <= settings.steps(); step++) {
            for (int b = 0; b < settings.batch(); b++) {
                learn(random.nextInt(x.length));
            }
            float rate = settings.rate() * Math.min(1, 4 * (1 - (float) step / settings.steps()));
            for (AdamMatrix matrix : new AdamMatrix[] {encoder, encoderBias, decoder, decoderBias}) {
                matrix.descend(1f / settings.batch(), rate, step);
            }
            normalizeDecoder();
        }
        return weights();
    }

    private void learn(int sample) {
        int[] chosen = new int[inputs];
        float[] factors = new float[inputs];
        int count = 0;
        for (int c = 0; c < inputs; c++) {
            if (x[sample][c] != 0) {
                chosen[count] = c;
                factors[count++] = x[sample][c];
            }
        }
        float[] z = new float[latents];
        kernel.columnSumRelu(
                encoder.values(), chosen, factors, count, encoderBias.values()[0], z);
        if (settings.k().isPresent()) {
            TopK.keep(z, 0, latents, settings.k().get());
        }
        float[] error = decoderBias.values()[0].clone();
        for (int k = 0; k < latents; k++) {
            if (z[k] > 0) {
                addScaled(decoder.values()[k], z[k], error);
            }
        }
        for (int c = 0; c < outputs; c++) {
            error[c] -= y[sample][c];
        }
        addScaled(error, 1, decoderBias.gradient()[0]);
        for (int k = 0; k < latents; k++) {
            if (z[k] > 0) {
                float back = settings.penalty() + dot(decoder.values()[k], error);
                addScaled(error, z[k], decoder.gradient()[k]);
                encoderBias.gradient()[0][k] += back;
                for (int t = 0; t < count; t++) {
                    encoder.gradient()[chosen[t]][k] += back * factors[t];
                }
            }
        }
    }

    private static void addScaled(float[] vector, float factor, float[] sums) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] += factor * vector[c];
        }
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }

    private void normalizeDecoder() {
        for (float[] row : decoder.values()) {
            float norm = Math.max(LENGTH_FLOOR, (float) Math.sqrt(dot(row, row)));
            for (int c = 0; c < row.length; c++) {
                row[c] /= norm;
            }
        }
    }

    /** An autoencoder's input is taken off the decoder's bias first, by convention, so that its own bias makes up. */
    private DictionaryWeights weights() {
        float[][] rows = new float[latents][inputs];
        float[] bias = encoderBias.values()[0].clone();
        float[] outputBias = decoderBias.values()[0].clone();
        for (int k = 0; k < latents; k++) {
            double shift = 0;
            for (int c = 0; c < inputs; c++) {
                rows[k][c] = encoder.values()[c][k];
                shift += isAutoencoder ? (double) rows[k][c] * outputBias[c] : 0;
            }
            bias[k] += (float) shift;
        }
        return new DictionaryWeights(
                Arrays.stream(decoder.values()).map(float[]::clone).toArray(float[][]::new),
                Optional.of(rows),
                bias,
                outputBias,
                settings.k(),
                Optional.empty());
    }
}
