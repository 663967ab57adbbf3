package org.superpose.interop.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.interop.NetworkImporter;
import org.superpose.interop.truth.TruthFiles;

/** A data set with its truth, read part by part. */
public final class ScoredDataset {
    private final Path folder;
    private final List<Part> parts;
    private final int samples;
    private final int[] levels;

    /**
     * A run of samples.
     *
     * @param from the number of its first sample
     */
    record Part(String file, int from, int samples) {}

    private ScoredDataset(Path folder, List<Part> parts, int samples, int[] levels) {
        this.folder = folder;
        this.parts = parts;
        this.samples = samples;
        this.levels = levels;
    }

    /**
     * Opens a folder that {@code superpose dataset --truth} wrote.
     *
     * @throws InvalidInputException if it is none, or has no truth
     */
    public static ScoredDataset open(Path folder) {
        Path description = folder.resolve("dataset.json");
        if (!Files.isRegularFile(description)) {
            throw new InvalidInputException(folder + ": holds no data set (there is no dataset.json)");
        }
        if (!Files.isRegularFile(folder.resolve(TruthFiles.TRUTH))) {
            throw new InvalidInputException(
                    folder + ": the data set has no truth; write it again with superpose dataset --truth");
        }
        try {
            JsonNode json = new JsonMapper().readTree(Files.readAllBytes(description));
            List<Part> parts = new ArrayList<>();
            int from = 0;
            for (JsonNode part : json.path("parts")) {
                int count = part.path("samples").asInt();
                parts.add(new Part(part.path("file").asText(), from, count));
                from += count;
            }
            try (Npz truth = Npz.open(folder.resolve(TruthFiles.TRUTH))) {
                return new ScoredDataset(folder, List.copyOf(parts), from, ints(truth, "states.level"));
            }
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    private static InvalidInputException unreadable(Path folder, IOException failure) {
        return new InvalidInputException(
                folder + ": the data set cannot be read (" + failure.getMessage() + ")", failure);
    }

    private static int[] ints(Npz npz, String name) throws IOException {
        try (ArrayInput input = npz.open(name)) {
            return input.ints();
        }
    }

    List<Part> parts() {
        return parts;
    }

    int samples() {
        return samples;
    }

    /** L + 1, the number of states. */
    public int states() {
        return levels.length;
    }

    /** @throws InvalidInputException if there is no such state */
    int level(int state) {
        if (state < 0 || state >= levels.length) {
            throw new InvalidInputException("layer " + state
                    + " is not there: the data set has the activations of 0 to " + (levels.length - 1));
        }
        return levels[state];
    }

    /** n_t, the number of entries of a state. */
    public int neurons(int state) {
        level(state);
        try (Npz truth = Npz.open(folder.resolve(TruthFiles.TRUTH));
                ArrayInput input = truth.open("rest." + state)) {
            return input.shape().dimension(0);
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /** The number of features of the level of a state. */
    public int featureCount(int state) {
        try (Npz truth = Npz.open(folder.resolve(TruthFiles.TRUTH));
                ArrayInput input = truth.open("directions." + state)) {
            return input.shape().dimension(0);
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /** How many features of the level of a state are on in a sample, on average. */
    public double meanOn(int state) {
        return (double) features(level(state)).members().length / samples;
    }

    /** A state of the first samples, one row each; all in memory. */
    public float[][] activations(int state, int most) {
        int size = neurons(state);
        float[][] rows = new float[Math.min(most, samples)][];
        for (Part part : parts) {
            if (part.from() < rows.length) {
                float[] all = activations(part, state);
                for (int i = 0; i < part.samples() && part.from() + i < rows.length; i++) {
                    rows[part.from() + i] = Arrays.copyOfRange(all, i * size, (i + 1) * size);
                }
            }
        }
        return rows;
    }

    /** The network that the activations are of. */
    BuiltNetwork network() {
        return NetworkImporter.read(folder.resolve("network.npz"));
    }

    /** The directions of a state, features x n_t, turned as the activations are. */
    float[][] directions(int state) {
        level(state);
        try (Npz truth = Npz.open(folder.resolve(TruthFiles.TRUTH));
                ArrayInput input = truth.open("directions." + state)) {
            int columns = input.shape().dimension(1);
            float[] all = input.floats();
            float[][] rows = new float[input.shape().dimension(0)][];
            Arrays.setAll(rows, f -> Arrays.copyOfRange(all, f * columns, (f + 1) * columns));
            return rows;
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /** The features of a level that are on in each sample. */
    OnFeatures features(int level) {
        try (Npz truth = Npz.open(folder.resolve(TruthFiles.TRUTH))) {
            return new OnFeatures(
                    ints(truth, "features." + level + ".offsets"), ints(truth, "features." + level + ".members"));
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /** The activations of a state in a part, samples x n_t. */
    float[] activations(Part part, int state) {
        try (Npz npz = Npz.open(folder.resolve(part.file()));
                ArrayInput input = npz.open("activations." + state)) {
            return input.floats();
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /** Features that are on, sample after sample, in compressed sparse row form. */
    record OnFeatures(int[] offsets, int[] members) {
        /** In how many of the first samples each feature is on. */
        long[] counts(int features, int samples) {
            long[] counts = new long[features];
            for (int t = 0; t < offsets[samples]; t++) {
                counts[members[t]]++;
            }
            return counts;
        }

        boolean isOn(int sample, int feature) {
            return Arrays.binarySearch(members, offsets[sample], offsets[sample + 1], feature) >= 0;
        }
    }
}
