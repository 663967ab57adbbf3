package org.superpose.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.interop.tensor.InputFile;
import org.superpose.interop.tensor.ModelFormat;
import org.superpose.interop.tensor.NpzSource;
import org.superpose.interop.tensor.SafetensorsSource;
import org.superpose.interop.tensor.TensorSource;

/**
 * Reads networks that were exported as NPZ, safetensors or ONNX and perhaps changed or trained since, or that were made
 * elsewhere with the same array names, so that they can be verified here.
 *
 * <p>A file whose numbers are untouched gives back the network that was exported, digest and all. After a change the
 * construction is {@code imported}, nothing is claimed but the domain, and weights are kept in the most structured form
 * that holds them exactly.
 */
public final class NetworkImporter {
    private NetworkImporter() {}

    /**
     * Reads a file; its content tells the format.
     *
     * @throws InvalidInputException if there is no such file, it is of none of these formats, damaged, lacks an array,
     *     does not say what its gates compute, or an array is of the wrong type or shape or has values that are not
     *     allowed: one sentence that begins with the file's name
     */
    public static BuiltNetwork read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads a file that may not say what its gates compute.
     *
     * @param gateFunction what every gate computes, where the file does not say it
     * @throws InvalidInputException as {@link #read(Path)} does, also if the function is missing, is given though the
     *     file has one, or does not fit the gates
     */
    public static BuiltNetwork read(Path file, Optional<GateFunction> gateFunction) {
        return read(file, gateFunction, ignored -> {});
    }

    /**
     * Reads a file of which not everything may belong to the network.
     *
     * @param gateFunction what every gate computes, where the file does not say it
     * @param ignored is given the names of all arrays and entries that were not looked at
     * @throws InvalidInputException as {@link #read(Path, Optional)} does
     */
    public static BuiltNetwork read(Path file, Optional<GateFunction> gateFunction, Consumer<List<String>> ignored) {
        return InputFile.read(file, "network", () -> {
            try (TensorSource source = open(file)) {
                ImportedNetwork imported = new ImportedNetwork(source, gateFunction);
                BuiltNetwork built = imported.read();
                if (source instanceof OnnxSource graph) {
                    graph.requireGraphOf(built);
                }
                ignored.accept(imported.ignored());
                return built;
            }
        });
    }

    /** What no file has by chance that was not made here or after our model. */
    private static final Set<String> OURS = Set.of(
            ExportedArrays.ENCODER_CODES,
            ExportedArrays.DECODER_CODES,
            ExportedArrays.DECODER_THRESHOLD,
            ExportedArrays.DECODER_KIND,
            ExportedArrays.MAX_ACTIVE,
            ExportedArrays.gateOffsets(0, false),
            ExportedArrays.gateOffsets(0, true));

    /**
     * Whether a file has the arrays of an export; another one may hold a network that was made elsewhere.
     *
     * @throws InvalidInputException if there is no such file, it is of no format that is read, or damaged
     */
    public static boolean isExport(Path file) {
        return InputFile.read(file, "network", () -> {
            try (TensorSource source = open(file)) {
                return source.names().stream().anyMatch(OURS::contains);
            }
        });
    }

    private static TensorSource open(Path file) throws IOException {
        return switch (ModelFormat.of(file)) {
            case NPZ -> new NpzSource(file);
            case SAFETENSORS -> SafetensorsSource.open(file);
            case ONNX -> new OnnxSource(file);
        };
    }
}
