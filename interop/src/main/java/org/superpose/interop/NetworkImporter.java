package org.superpose.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.ZipReader;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.interop.tensor.NpzSource;
import org.superpose.interop.tensor.SafetensorsSource;
import org.superpose.interop.tensor.TensorSource;

/**
 * Reads networks that were exported as NPZ or safetensors and perhaps changed or trained since, or that were made
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
     * @throws InvalidInputException if there is no such file, it is of neither format, damaged, lacks an array, does
     *     not say what its gates compute, or an array is of the wrong type or shape or has values that are not allowed:
     *     one sentence that begins with the file's name
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
        try (TensorSource source = open(file)) {
            ImportedNetwork imported = new ImportedNetwork(source, gateFunction);
            BuiltNetwork built = imported.read();
            ignored.accept(imported.ignored());
            return built;
        } catch (FileFormatException fault) {
            throw new InvalidInputException(file + ": " + fault.getMessage(), fault);
        } catch (ZipException damaged) {
            throw new InvalidInputException(file + ": is damaged (" + damaged.getMessage() + ")", damaged);
        } catch (IOException failure) {
            throw new InvalidInputException(file + ": cannot be read (" + failure.getMessage() + ")", failure);
        } catch (IllegalArgumentException broken) {
            throw new InvalidInputException(file + ": does not hold a sound network: " + broken.getMessage(), broken);
        }
    }

    private static TensorSource open(Path file) throws IOException {
        ZipReader.requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            boolean zip = start.length == 2 && start[0] == 'P' && start[1] == 'K';
            if (!zip && file.toString().endsWith(".npz")) {
                throw new FileFormatException("is not a zip file, as NPZ files are");
            }
            return zip ? new NpzSource(file) : SafetensorsSource.open(file);
        }
    }
}
