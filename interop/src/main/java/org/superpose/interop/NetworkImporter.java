package org.superpose.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.ZipReader;
import org.superpose.core.network.BuiltNetwork;

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
     * @throws InvalidInputException if there is no such file, it is of neither format, damaged, lacks an array, or an
     *     array is of the wrong type or shape or has values that are not allowed: one sentence that begins with the
     *     file's name
     */
    public static BuiltNetwork read(Path file) {
        try (TensorSource source = open(file)) {
            return new ImportedNetwork(source).read();
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
