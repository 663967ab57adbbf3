package org.superpose.interop.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.Npz;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gates;
import org.superpose.interop.tensor.SafetensorsFile;

/**
 * The truth about a network as files: {@code truth.npz}, {@code edges.csv}, {@code granularity.json} and
 * {@code targets.safetensors}. {@code docs/truth.md} describes them for readers.
 */
public final class TruthFiles {
    /** Arrays. */
    public static final String TRUTH = "truth.npz";

    /** Edges from source over gate to target. */
    public static final String EDGES = "edges.csv";

    /** What is additive and what is not. */
    public static final String GRANULARITY = "granularity.json";

    /** The part of each gate in each matrix, in the form of a decomposition of parameters. */
    public static final String TARGETS = "targets.safetensors";

    private static final JsonMapper JSON = new JsonMapper();

    private TruthFiles() {}

    /** How a state was turned before it was written; leaves it as it is where nothing was turned. */
    @FunctionalInterface
    public interface Rotations {
        /** Nothing is turned. */
        Rotations NONE = state -> UnaryOperator.identity();

        /** What is done to every vector of a state. */
        UnaryOperator<float[]> of(int state);
    }

    /**
     * Writes all of them into a folder that is there.
     *
     * @param samples further arrays of truth.npz
     */
    public static void write(NetworkTruth truth, Rotations rotations, List<NamedArray> samples, Path folder) {
        List<NamedArray> arrays = new ArrayList<>(arrays(truth, rotations));
        arrays.addAll(samples);
        AtomicFile.write(folder.resolve(TRUTH), out -> Npz.write(arrays, out));
        AtomicFile.write(folder.resolve(EDGES), out -> {
            BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            writeEdges(truth, writer);
            writer.flush();
        });
        List<NamedArray> targets = targets(truth);
        AtomicFile.write(folder.resolve(TARGETS), out -> SafetensorsFile.write(Map.of(), targets, out));
        AtomicFile.writeText(
                folder.resolve(GRANULARITY), json(Granularity.of(truth).document()));
    }

    /** {@code layers.T.U} [gates, rows] and {@code layers.T.V} [gates, columns], zeros and ones. */
    private static List<NamedArray> targets(NetworkTruth truth) {
        List<NamedArray> arrays = new ArrayList<>();
        for (GateParts parts : GateParts.of(truth)) {
            String name = "layers." + parts.layer();
            WeightMatrix weights =
                    truth.built().network().layers().get(parts.layer()).weights();
            arrays.add(indicators(name + ".U", parts.rows(), weights.rows()));
            arrays.add(indicators(name + ".V", parts.columns(), weights.columns()));
        }
        return arrays;
    }

    private static NamedArray indicators(String name, List<int[]> sets, int size) {
        return new NamedArray(name, ArrayShape.of(ElementType.FLOAT32, sets.size(), size), out -> {
            for (int[] set : sets) {
                float[] row = new float[size];
                for (int place : set) {
                    row[place] = 1;
                }
                for (float value : row) {
                    out.putFloat(value);
                }
            }
        });
    }

    private static String json(Object document) {
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
            return text.replace(System.lineSeparator(), "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of numbers and texts are always JSON", impossible);
        }
    }

    private static void writeEdges(NetworkTruth truth, BufferedWriter out) throws IOException {
        out.write("source,gate,target,layer\n");
        List<Gates> layers = truth.built().instance().layers();
        for (int g = 0; g < layers.size(); g++) {
            Gates gates = layers.get(g);
            for (int i = 0; i < gates.outputs(); i++) {
                for (int t = 0; t < gates.fanIn(i); t++) {
                    out.write(gates.read(i, t) + "," + i + "," + i + "," + (g + 1) + "\n");
                }
            }
        }
    }

    private static List<NamedArray> arrays(NetworkTruth truth, Rotations rotations) {
        int states = truth.states();
        List<NamedArray> arrays = new ArrayList<>();
        int[] levels = new int[states];
        int[] hidden = new int[states];
        int[] polarity = new int[states];
        for (int t = 0; t < states; t++) {
            levels[t] = truth.levels().level(t);
            hidden[t] = truth.levels().isHidden(t) ? 1 : 0;
            polarity[t] = truth.polarity(t);
        }
        arrays.add(NamedArray.ints("states.level", levels));
        arrays.add(NamedArray.ints("states.hidden", hidden));
        arrays.add(NamedArray.ints("states.polarity", polarity));
        for (int t = 0; t < states; t++) {
            int state = t;
            int features = truth.features(levels[t]);
            arrays.add(new NamedArray(
                    "directions." + t, ArrayShape.of(ElementType.FLOAT32, features, truth.neurons(t)), out -> {
                        for (int f = 0; f < features; f++) {
                            for (float value : rotations.of(state).apply(truth.direction(state, f))) {
                                out.putFloat(value);
                            }
                        }
                    }));
            arrays.add(NamedArray.floats("rest." + t, rotations.of(t).apply(truth.rest(t))));
        }
        for (int level = 1; level < truth.levelCount(); level++) {
            addChannels(arrays, truth, level);
        }
        for (int level = 0; level < truth.levelCount(); level++) {
            addTurningInputs(arrays, truth, level);
        }
        return arrays;
    }

    private static void addChannels(List<NamedArray> arrays, NetworkTruth truth, int level) {
        List<int[]> channels = truth.channels(level);
        addRows(arrays, "channels." + level, "rows", channels);
        arrays.add(
                NamedArray.scalar("channels." + level + ".state", truth.levels().firstOf(level)));
    }

    private static void addTurningInputs(List<NamedArray> arrays, NetworkTruth truth, int level) {
        List<int[]> inputs = new ArrayList<>();
        int[] alone = new int[truth.features(level)];
        for (int f = 0; f < alone.length; f++) {
            inputs.add(truth.turningInput(level, f).map(FeatureSet::toArray).orElse(new int[0]));
            alone[f] = truth.isAlone(level, f) ? 1 : 0;
        }
        addRows(arrays, "turning." + level, "inputs", inputs);
        arrays.add(NamedArray.ints("turning." + level + ".alone", alone));
    }

    private static void addRows(List<NamedArray> arrays, String name, String what, List<int[]> rows) {
        int[] offsets = new int[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], rows.get(i).length);
        }
        int[] all = new int[offsets[rows.size()]];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, offsets[i], rows.get(i).length);
        }
        arrays.add(NamedArray.ints(name + ".offsets", offsets));
        arrays.add(NamedArray.ints(name + "." + what, all));
    }
}
