package org.superpose.interop.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.network.WeightMatrix;
import org.superpose.interop.tensor.SafetensorsSource;
import org.superpose.interop.truth.GateParts;
import org.superpose.interop.truth.NetworkTruth;

/**
 * Scores of a decomposition of one weight matrix into components of rank one, the sum of U_c V_c^T, as stochastic
 * parameter decomposition makes them, against the parts of the gates: the rows that a gate writes x the columns it
 * reads.
 */
public final class DecompositionScores {
    /** The cosine from which a gate counts as recovered. */
    private static final float RECOVERED = 0.9f;

    private DecompositionScores() {}

    /**
     * Reads {@code layers.T.U} [components, rows] and {@code layers.T.V} [components, columns].
     *
     * @param layer T, the index of a full matrix whose gates have parts
     * @throws InvalidInputException if the layer has no parts, or a tensor is missing or does not fit
     */
    public static Map<String, Object> score(ScoredDataset data, Path file, int layer) {
        NetworkTruth truth = NetworkTruth.of(data.network());
        GateParts parts = GateParts.of(truth).stream()
                .filter(each -> each.layer() == layer)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("layer " + layer
                        + " is not a full matrix whose parts are known; those are layers "
                        + GateParts.of(truth).stream().map(GateParts::layer).toList()));
        WeightMatrix weights = truth.built().network().layers().get(layer).weights();
        String u = "layers." + layer + ".U";
        String v = "layers." + layer + ".V";
        try (SafetensorsSource source = SafetensorsSource.open(file)) {
            for (String name : List.of(u, v)) {
                if (!source.names().contains(name)) {
                    throw new InvalidInputException(file + ": has no tensor " + name);
                }
            }
            float[][] left = DictionaryWeights.matrix(file, source, u, -1, weights.rows());
            float[][] right = DictionaryWeights.matrix(file, source, v, left.length, weights.columns());
            return document(layer, weights, parts, left, right);
        } catch (FileFormatException broken) {
            throw new InvalidInputException(file + ": " + broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new InvalidInputException(file + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private static Map<String, Object> document(
            int layer, WeightMatrix weights, GateParts parts, float[][] left, float[][] right) {
        float[][] cosines = cosines(parts, left, right);
        int gates = cosines.length;
        double largest = 0;
        for (float[] row : cosines) {
            float best = 0;
            for (float value : row) {
                best = Math.max(best, value);
            }
            largest += best;
        }
        boolean wide = left.length >= gates;
        float[][] assigned = wide ? cosines : transposed(cosines);
        int[] columnOf = Assignment.largest(assigned);
        double sum = 0;
        int recovered = 0;
        for (int r = 0; r < columnOf.length; r++) {
            float value = assigned[r][columnOf[r]];
            sum += value;
            recovered += value >= RECOVERED ? 1 : 0;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", "decomposition");
        document.put("layer", layer);
        document.put("level", parts.level());
        document.put("gates", gates);
        document.put("components", left.length);
        document.put("faithfulness", faithfulness(weights, left, right));
        document.put("mmcs", largest / gates);
        document.put("mcc", sum / columnOf.length);
        document.put("recovered_gates", recovered);
        document.put("recovered", (double) recovered / gates);
        return document;
    }

    private static float[][] transposed(float[][] matrix) {
        float[][] result = new float[matrix[0].length][matrix.length];
        for (int r = 0; r < matrix.length; r++) {
            for (int c = 0; c < result.length; c++) {
                result[c][r] = matrix[r][c];
            }
        }
        return result;
    }

    /** The absolute cosines of parts and components as matrices, gates x components. */
    private static float[][] cosines(GateParts parts, float[][] left, float[][] right) {
        int gates = parts.rows().size();
        float[][] cosines = new float[gates][left.length];
        double[] norms = new double[left.length];
        for (int k = 0; k < left.length; k++) {
            norms[k] = Math.sqrt(square(left[k]) * square(right[k]));
        }
        for (int i = 0; i < gates; i++) {
            int[] rows = parts.rows().get(i);
            int[] columns = Arrays.stream(parts.columns().get(i)).distinct().toArray();
            double norm = Math.sqrt((double) rows.length * columns.length);
            for (int k = 0; k < left.length; k++) {
                double product = sum(left[k], rows) * sum(right[k], columns);
                cosines[i][k] = norm * norms[k] > 0 ? (float) Math.min(1, Math.abs(product) / (norm * norms[k])) : 0;
            }
        }
        return cosines;
    }

    private static double square(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        return square;
    }

    private static double sum(float[] vector, int[] places) {
        double sum = 0;
        for (int place : places) {
            sum += vector[place];
        }
        return sum;
    }

    /** 1 - |W - sum|^2 / |W|^2. */
    private static double faithfulness(WeightMatrix weights, float[][] left, float[][] right) {
        double missed = 0;
        double all = 0;
        float[] row = new float[weights.columns()];
        for (int r = 0; r < weights.rows(); r++) {
            weights.copyRow(r, row);
            double[] rest = new double[row.length];
            for (int c = 0; c < row.length; c++) {
                rest[c] = row[c];
                all += rest[c] * rest[c];
            }
            for (int k = 0; k < left.length; k++) {
                float factor = left[k][r];
                if (factor != 0) {
                    for (int c = 0; c < row.length; c++) {
                        rest[c] -= (double) factor * right[k][c];
                    }
                }
            }
            for (double value : rest) {
                missed += value * value;
            }
        }
        return all == 0 ? missed == 0 ? 1 : 0 : 1 - missed / all;
    }
}
