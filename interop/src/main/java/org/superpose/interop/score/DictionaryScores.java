package org.superpose.interop.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.score.ScoredDataset.OnFeatures;
import org.superpose.interop.score.ScoredDataset.Part;

/**
 * Scores of a sparse autoencoder or a transcoder, with the definitions of SAELens
 * ({@code sae_lens/synthetic/evals.py}); {@code docs/scores.md} says them for readers. Samples are read part by part
 * and coded block by block on all cores; the results do not depend on how many there are.
 */
public final class DictionaryScores {
    private static final int BLOCK = 128;

    private final ScoredDataset data;
    private final DictionaryWeights weights;
    private final int input;
    private final int output;
    private final Coder coder;
    private final Matching matching;
    private final OnFeatures on;
    private final Optional<CoFiring> between;

    private final long[] fired;
    private final long[] hits;
    private long active;
    private long samples;
    private double residual;
    private double square;
    private final double[] sum;

    private DictionaryScores(
            ScoredDataset data, DictionaryWeights weights, int input, int output, Optional<CoFiring> between) {
        this.data = data;
        this.weights = weights;
        this.input = input;
        this.output = output;
        this.coder = new Coder(weights, input == output);
        this.matching = Matching.of(weights.decoder(), data.directions(output));
        this.on = data.features(data.level(output));
        this.between = between;
        this.fired = new long[weights.latents()];
        this.hits = new long[weights.latents()];
        this.sum = new double[weights.decoderBias().length];
    }

    /** Scores a sparse autoencoder of the activations of one state. */
    public static Map<String, Object> autoencoder(
            ScoredDataset data, DictionaryWeights weights, int layer, Progress progress) {
        DictionaryScores scores = new DictionaryScores(data, weights, layer, layer, Optional.empty());
        scores.run(progress);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "sae");
        document.put("layer", layer);
        scores.addTo(document);
        return document;
    }

    /** Scores a transcoder that reads one state and writes a later one. */
    public static Map<String, Object> transcoder(
            ScoredDataset data, DictionaryWeights weights, int from, int layer, Progress progress) {
        Optional<CoFiring> between = CoFiring.between(data, weights.latents(), data.level(from), data.level(layer));
        DictionaryScores scores = new DictionaryScores(data, weights, from, layer, between);
        scores.run(progress);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "transcoder");
        document.put("from_layer", from);
        document.put("layer", layer);
        scores.addTo(document);
        document.putAll(new Hops(data, weights, scores.matching, from, layer)
                .document(between.map(each -> each.represented(scores.fired))));
        return document;
    }

    private void run(Progress progress) {
        for (Part part : data.parts()) {
            float[] x = data.activations(part, input);
            float[] y = input == output ? x : data.activations(part, output);
            int blocks = (part.samples() + BLOCK - 1) / BLOCK;
            Block[] done = IntStream.range(0, blocks)
                    .parallel()
                    .mapToObj(b -> block(part, x, y, b * BLOCK, Math.min(part.samples(), (b + 1) * BLOCK)))
                    .toArray(Block[]::new);
            Arrays.stream(done).forEach(this::add); // in order, so that sums are the same on any number of cores
            progress.reached((double) samples / data.samples());
        }
    }

    /** What one block adds: for each sample the latents that fired, with whether their best feature was on. */
    private record Block(int samples, int[] fired, int[] hits, double residual, double square, double[] sum) {}

    private Block block(Part part, float[] x, float[] y, int from, int to) {
        int count = to - from;
        int inputs = x.length / part.samples();
        int outputs = sum.length;
        int latents = weights.latents();
        float[] z = coder.encode(Arrays.copyOfRange(x, from * inputs, to * inputs), count);
        int[] firing = new int[count];
        int[] hit = new int[count];
        int fires = 0;
        int hitCount = 0;
        double residuals = 0;
        double squares = 0;
        double[] sums = new double[outputs];
        for (int i = 0; i < count; i++) {
            int sample = part.from() + from + i;
            int start = fires;
            for (int k = 0; k < latents; k++) {
                if (z[i * latents + k] > 0) {
                    firing = withRoom(firing, fires);
                    firing[fires++] = k;
                    if (on.isOn(sample, matching.bestFeature()[k])) {
                        hit = withRoom(hit, hitCount);
                        hit[hitCount++] = k;
                    }
                }
            }
            if (between.isPresent()) {
                between.get().add(sample, firing, start, fires);
            }
            float[] read = coder.decode(z, i * latents);
            for (int c = 0; c < outputs; c++) {
                double value = y[(from + i) * outputs + c];
                double error = value - read[c];
                residuals += error * error;
                squares += value * value;
                sums[c] += value;
            }
        }
        return new Block(count, Arrays.copyOf(firing, fires), Arrays.copyOf(hit, hitCount), residuals, squares, sums);
    }

    private static int[] withRoom(int[] values, int used) {
        return used < values.length ? values : Arrays.copyOf(values, 2 * used + 16);
    }

    private void add(Block block) {
        samples += block.samples();
        active += block.fired().length;
        for (int k : block.fired()) {
            fired[k]++;
        }
        for (int k : block.hits()) {
            hits[k]++;
        }
        residual += block.residual();
        square += block.square();
        for (int c = 0; c < sum.length; c++) {
            sum[c] += block.sum()[c];
        }
    }

    private void addTo(Map<String, Object> document) {
        int features = data.directions(output).length;
        long[] onCounts = on.counts(features, (int) samples);
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        int dead = 0;
        for (int k = 0; k < fired.length; k++) {
            Detection detection = new Detection(hits[k], fired[k], onCounts[matching.bestFeature()[k]]);
            precision += detection.precision();
            recall += detection.recall();
            f1 += detection.f1();
            dead += fired[k] == 0 ? 1 : 0;
        }
        document.put("samples", samples);
        document.put("latents", fired.length);
        document.put("features", features);
        document.put("explained_variance", explainedVariance());
        document.put("l0", (double) active / samples);
        document.put("true_l0", (double) Arrays.stream(onCounts).sum() / samples);
        document.put("mcc", matching.mcc());
        document.put("f1", f1 / fired.length);
        document.put("precision", precision / fired.length);
        document.put("recall", recall / fired.length);
        document.put("uniqueness", matching.uniqueness());
        document.put("dead", dead);
    }

    /** 1 - E|x - x'|^2 / (E|x|^2 - |E x|^2). */
    private double explainedVariance() {
        double mean = 0;
        for (double value : sum) {
            mean += value / samples * (value / samples);
        }
        double variance = square / samples - mean;
        if (variance < 1e-10) {
            return residual < 1e-10 ? 1 : 0;
        }
        return 1 - residual / samples / variance;
    }
}
