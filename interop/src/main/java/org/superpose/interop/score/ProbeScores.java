package org.superpose.interop.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.kernel.RowPanels;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.score.ScoredDataset.OnFeatures;
import org.superpose.interop.score.ScoredDataset.Part;
import org.superpose.interop.tensor.SafetensorsSource;

/** Scores of linear probes: one for each feature of a state's level, which says on where (w, x) + b > 0. */
public final class ProbeScores {
    private static final int BLOCK = 128;

    private final float[][] weight;
    private final float[] bias;

    private ProbeScores(float[][] weight, float[] bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * Reads {@code weight} [features, n] and {@code bias} [features], zeros if it is not there.
     *
     * @throws InvalidInputException naming the tensor, if one is missing or does not fit
     */
    public static Map<String, Object> score(ScoredDataset data, Path file, int layer, Progress progress) {
        float[][] directions = data.directions(layer);
        try (SafetensorsSource source = SafetensorsSource.open(file)) {
            if (!source.names().contains("weight")) {
                throw new InvalidInputException(
                        file + ": has no tensor weight [" + directions.length + ", " + directions[0].length + "]");
            }
            float[] bias = source.names().contains("bias")
                    ? DictionaryWeights.numbers(file, source, "bias", directions.length)
                    : new float[directions.length];
            float[][] weight =
                    DictionaryWeights.matrix(file, source, "weight", directions.length, directions[0].length);
            return new ProbeScores(weight, bias).run(data, directions, layer, progress);
        } catch (FileFormatException broken) {
            throw new InvalidInputException(file + ": " + broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new InvalidInputException(file + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private Map<String, Object> run(ScoredDataset data, float[][] directions, int layer, Progress progress) {
        int features = weight.length;
        OnFeatures on = data.features(data.level(layer));
        RowPanels panels = RowPanels.of(features, weight[0].length, f -> weight[f]);
        long[] fired = new long[features];
        long[] hits = new long[features];
        for (Part part : data.parts()) {
            float[] x = data.activations(part, layer);
            int blocks = (part.samples() + BLOCK - 1) / BLOCK;
            long[][][] counts = IntStream.range(0, blocks)
                    .parallel()
                    .mapToObj(b -> block(panels, on, part, x, b * BLOCK, Math.min(part.samples(), (b + 1) * BLOCK)))
                    .toArray(long[][][]::new);
            for (long[][] block : counts) {
                for (int f = 0; f < features; f++) {
                    fired[f] += block[0][f];
                    hits[f] += block[1][f];
                }
            }
            progress.reached((double) (part.from() + part.samples()) / data.samples());
        }
        return document(data, directions, layer, on.counts(features, data.samples()), fired, hits);
    }

    private long[][] block(RowPanels panels, OnFeatures on, Part part, float[] x, int from, int to) {
        Kernel kernel = Kernels.best();
        int features = weight.length;
        int size = weight[0].length;
        float[] logits = new float[(to - from) * features];
        kernel.matrixBlock(panels, bias, Arrays.copyOfRange(x, from * size, to * size), 0, to - from, logits);
        long[][] counts = new long[2][features];
        for (int i = 0; i < to - from; i++) {
            for (int f = 0; f < features; f++) {
                if (logits[i * features + f] > 0) {
                    counts[0][f]++;
                    counts[1][f] += on.isOn(part.from() + from + i, f) ? 1 : 0;
                }
            }
        }
        return counts;
    }

    private Map<String, Object> document(
            ScoredDataset data, float[][] directions, int layer, long[] onCounts, long[] fired, long[] hits) {
        int features = weight.length;
        double accuracy = 0;
        double f1 = 0;
        double precision = 0;
        double recall = 0;
        double cosine = 0;
        for (int f = 0; f < features; f++) {
            Detection detection = new Detection(hits[f], fired[f], onCounts[f]);
            precision += detection.precision();
            recall += detection.recall();
            f1 += detection.f1();
            accuracy += 1 - (double) (fired[f] + onCounts[f] - 2 * hits[f]) / data.samples();
            cosine += Matching.cosines(new float[][] {weight[f]}, new float[][] {directions[f]})[0][0];
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "probe");
        document.put("layer", layer);
        document.put("samples", data.samples());
        document.put("features", features);
        document.put("accuracy", accuracy / features);
        document.put("f1", f1 / features);
        document.put("precision", precision / features);
        document.put("recall", recall / features);
        document.put("cosine", cosine / features);
        return document;
    }
}
