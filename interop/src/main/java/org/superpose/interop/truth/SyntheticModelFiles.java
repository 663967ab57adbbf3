package org.superpose.interop.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.random.Seed;
import org.superpose.interop.tensor.SafetensorsFile;

/**
 * The features of one state in the files of a synthetic model of SAELens, as {@code SyntheticModel.save} of
 * {@code sae_lens/synthetic/synthetic_model.py} writes them: the directions as {@code feature_vectors} [features, n],
 * the state at rest as {@code bias}, and how often each feature is on as {@code firing_probabilities}.
 *
 * <p>Such a model draws features by themselves and adds their vectors; of this network that is true as far as
 * {@code granularity.json} calls the state additive.
 */
public final class SyntheticModelFiles {
    /** The name of the format. */
    public static final String FORMAT = "saelens";

    /** What the model is. */
    public static final String CONFIG = "synthetic_model_config.json";

    /** Its tensors. */
    public static final String WEIGHTS = "synthetic_model.safetensors";

    /** Inputs from which it is told how often a feature is on. */
    private static final int INPUTS = 4096;

    private static final JsonMapper JSON = new JsonMapper();

    private SyntheticModelFiles() {}

    /** Writes both files into a folder that is there. */
    public static void write(NetworkTruth truth, int state, Path folder) {
        int features = truth.features(truth.levels().level(state));
        float[] probabilities = probabilities(truth, truth.levels().level(state));
        float[] rest = truth.rest(state);
        List<NamedArray> arrays = List.of(
                new NamedArray(
                        "feature_vectors", ArrayShape.of(ElementType.FLOAT32, features, truth.neurons(state)), out -> {
                            for (int f = 0; f < features; f++) {
                                for (float value : truth.direction(state, f)) {
                                    out.putFloat(value);
                                }
                            }
                        }),
                NamedArray.floats("bias", rest),
                NamedArray.floats("firing_probabilities", probabilities));
        AtomicFile.write(folder.resolve(WEIGHTS), out -> SafetensorsFile.write(Map.of(), arrays, out));
        AtomicFile.writeText(folder.resolve(CONFIG), config(features, rest, probabilities));
    }

    private static String config(int features, float[] rest, float[] probabilities) {
        double square = 0;
        for (float value : rest) {
            square += (double) value * value;
        }
        double sum = 0;
        for (float probability : probabilities) {
            sum += probability;
        }
        Map<String, Object> firing = new LinkedHashMap<>();
        firing.put("probability", sum / features); // the saved ones take its place when the model is loaded
        firing.put("generator_name", "constant");
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("num_features", features);
        config.put("hidden_dim", rest.length);
        config.put("firing_probability", firing);
        config.put("hierarchy", null);
        config.put("orthogonalization", null);
        config.put("correlation", null);
        config.put("std_firing_magnitudes", 0.0);
        config.put("mean_firing_magnitudes", 1.0);
        config.put("bias", square == 0 ? (Object) false : (Object) Math.sqrt(square));
        config.put("dtype", "float32");
        config.put("seed", null);
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(config)
                            .replace(System.lineSeparator(), "\n")
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers and texts are always JSON", impossible);
        }
    }

    /** Over inputs of the domain of any number of active features; a feature that is never seen counts once. */
    private static float[] probabilities(NetworkTruth truth, int level) {
        InputDomain domain = truth.built().instance().domain();
        RandomGenerator random = new Seed(0).child("firing").generator();
        int[] counts = new int[truth.features(level)];
        for (int i = 0; i < INPUTS; i++) {
            int size = domain.minActive() + random.nextInt(domain.maxActive() - domain.minActive() + 1);
            FeatureSet input = domain.sample(size, random);
            for (int f : NetworkTruth.levelsOf(truth.built().instance(), input)[level].toArray()) {
                counts[f]++;
            }
        }
        float[] probabilities = new float[counts.length];
        for (int f = 0; f < counts.length; f++) {
            probabilities[f] = (float) Math.max(1, counts[f]) / INPUTS;
        }
        return probabilities;
    }
}
