package org.superpose.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.superpose.core.file.NamedArray;
import org.superpose.core.network.BuiltNetwork;

/**
 * A digest of a network as it is exported, which those can compute who know the export only: SHA-256 over the arrays of
 * layers, codes, gates and domain in the order of their names, each as a line {@code name <f4 rows,columns} with its
 * type and dimensions and then its elements. Names of features and metadata do not count.
 */
public final class ArrayDigest {
    private ArrayDigest() {}

    /** The digest as 64 hexadecimal digits. */
    public static String of(BuiltNetwork built) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
            List<NamedArray> arrays = ExportedArrays.of(built).stream()
                    .sorted(Comparator.comparing(NamedArray::name))
                    .toList();
            for (NamedArray array : arrays) {
                String dimensions =
                        array.shape().dimensions().stream().map(String::valueOf).collect(Collectors.joining(","));
                String line = array.name() + " <" + array.shape().type().kind()
                        + array.shape().type().bytes() + " " + dimensions + "\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
                array.writeElements(out);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        } catch (IOException nothingIsWritten) {
            throw new IllegalStateException(nothingIsWritten);
        }
    }
}
