package org.superpose.core.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;

/**
 * The content digest: SHA-256 over the description and every array in a fixed order, each with its length before it. It
 * says what a network is, not how a file wraps it: it does not depend on the zip container, on the version of Superpose
 * or on the JDK.
 */
public final class NetworkDigest {
    private NetworkDigest() {}

    /**
     * The digest of a network with its instance, names included, as 64 hexadecimal digits; the one in network files.
     */
    public static String of(BuiltNetwork built) {
        ObjectNode description = NetworkDescription.json(built);
        putNames(description, built.instance());
        return digest(description, NetworkArrays.of(built));
    }

    /** The digest of an instance alone, names included, as 64 hexadecimal digits. */
    public static String of(ProblemInstance instance) {
        ObjectNode description = NetworkDescription.json(instance);
        putNames(description, instance);
        return digest(description, NetworkArrays.of(instance));
    }

    /** The digest of a network alone, with its provenance, as 64 hexadecimal digits. */
    public static String of(SuperposedNetwork network) {
        return digest(NetworkDescription.json(network), NetworkArrays.of(network));
    }

    private static void putNames(ObjectNode description, ProblemInstance instance) {
        putNames(description, "input_names", instance.inputNames());
        putNames(description, "output_names", instance.outputNames());
    }

    private static void putNames(ObjectNode description, String field, FeatureNames names) {
        var list = description.putArray(field);
        names.names().forEach(list::add);
    }

    private static String digest(ObjectNode description, List<NamedArray> arrays) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
            part(out, JsonFields.compact(description));
            for (NamedArray array : arrays) {
                part(out, array.name().getBytes(StandardCharsets.UTF_8));
                part(out, array.shape().toString().getBytes(StandardCharsets.UTF_8));
                array.writeElements(out);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        } catch (IOException notJson) {
            throw new IllegalArgumentException("the description cannot be written as JSON", notJson);
        }
    }

    private static void part(OutputStream out, byte[] bytes) throws IOException {
        out.write(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        out.write(bytes);
    }
}
