package org.superpose.interop.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.ZipReader;

/** The formats of networks of other tools, told by the content of a file and, where that says nothing, by its name. */
public enum ModelFormat {
    /** NumPy's arrays in a zip file. */
    NPZ,
    /** Tensors behind a JSON header. */
    SAFETENSORS,
    /** A graph as a protobuf message. */
    ONNX;

    private static final int PICKLE_PROTOCOL = 0x80;

    /**
     * The format of a file.
     *
     * @throws FileFormatException if there is no such file, or it is of no format that is read
     * @throws PickledModelException if it is a pickle of PyTorch
     */
    public static ModelFormat of(Path file) throws IOException {
        ZipReader.requireFile(file);
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Long.BYTES + 1);
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
            requireNoPickle(file);
            return NPZ;
        }
        if (name.endsWith(".npz")) {
            throw new FileFormatException("is not a zip file, as NPZ files are");
        }
        if (start.length > 1 && (start[0] & 0xff) == PICKLE_PROTOCOL && start[1] >= 2 && start[1] <= 5) {
            throw new PickledModelException(file);
        }
        if (name.endsWith(".onnx")) {
            return ONNX;
        }
        if (name.endsWith(".safetensors") || isSafetensors(start, Files.size(file))) {
            return SAFETENSORS;
        }
        // a message of ONNX begins with its first field, the version of the format: a key of one byte and a number
        if (start.length > 1 && start[0] == 0x08 && start[1] > 0) {
            return ONNX;
        }
        throw new FileFormatException("is neither NPZ nor safetensors nor ONNX");
    }

    private static boolean isSafetensors(byte[] start, long size) {
        if (start.length <= Long.BYTES) {
            return false;
        }
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return start[Long.BYTES] == '{' && header > 1 && header <= size - Long.BYTES;
    }

    /**
     * PyTorch's zip files have a pickle in them, which is a program and must not be run. They are laid out in ways that
     * NPZ files are not, so this looks at the names alone, as any zip reader does.
     */
    private static void requireNoPickle(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.stream().anyMatch(entry -> ("/" + entry.getName()).endsWith("/data.pkl"))) {
                throw new PickledModelException(file);
            }
        } catch (ZipException damaged) {
            // whoever reads it says what is wrong
        }
    }
}
