package org.superpose.spark;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.superpose.core.audit.Audit;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.file.ScratchFiles;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.audit.AuditFile;

/**
 * A network with its instance as it is broadcast: the bytes of its network file, read once on each executor, where they
 * are checked against the digest in them.
 */
final class NetworkOnExecutors implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Bytes of a chunk: an array holds two gigabytes at most, a file may be larger. */
    private static final int CHUNK = 1 << 28;

    private final byte[][] chunks;
    private final byte[] plugins;
    private transient Loaded loaded;

    private NetworkOnExecutors(byte[][] chunks, byte[] plugins) {
        this.chunks = chunks;
        this.plugins = plugins;
    }

    private record Loaded(BuiltNetwork built, Audit audit, Catalog<Verifier> verifiers) {}

    static NetworkOnExecutors of(BuiltNetwork built, PluginArchive plugins) {
        try {
            Path file = ScratchFiles.createFile(".superpose.zip");
            try {
                NetworkFile.write(file, built);
                List<byte[]> chunks = new ArrayList<>();
                try (InputStream in = Files.newInputStream(file)) {
                    for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                        chunks.add(chunk);
                    }
                }
                return new NetworkOnExecutors(chunks.toArray(byte[][]::new), JavaBytes.of(plugins));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the network could not be written to be sent", broken);
        }
    }

    /** How many bytes each executor receives. */
    long bytes() {
        long bytes = 0;
        for (byte[] chunk : chunks) {
            bytes += chunk.length;
        }
        return bytes;
    }

    private synchronized Loaded loaded() {
        if (loaded == null) {
            ClassLoader loader = NetworkOnExecutors.class.getClassLoader();
            PluginArchive archive = JavaBytes.read(plugins, PluginArchive.class);
            Catalog<Verifier> verifiers = Guice.createInjector(
                            new SuperposeModule(List.of(new ServicePlugins(loader), archive.open(loader))))
                    .getInstance(Key.get(new TypeLiteral<Catalog<Verifier>>() {}));
            BuiltNetwork built = read();
            loaded = new Loaded(built, Audit.of(built), verifiers);
        }
        return loaded;
    }

    private BuiltNetwork read() {
        try {
            Path file = ScratchFiles.createFile(".superpose.zip");
            try {
                try (OutputStream out = Files.newOutputStream(file)) {
                    for (byte[] chunk : chunks) {
                        out.write(chunk);
                    }
                }
                return NetworkFile.read(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the network that was sent could not be read", broken);
        }
    }

    /** Verifies the inputs whose lowest active feature is in a range. */
    PartialVerdict verify(String verifier, int from, int to, VerificationBudget budget) {
        Loaded here = loaded();
        BuiltNetwork built = here.built();
        ResumableVerifier chosen = (ResumableVerifier) here.verifiers().require(verifier);
        return PartialVerdict.of(chosen.resume(
                        built, budget, PrefixRanges.allBut(built.instance().inputs(), from, to))
                .verdict());
    }

    /** Audits the inputs whose lowest active feature is in a range; the report as {@link AuditFile#bytes}. */
    byte[] audit(int from, int to, VerificationBudget budget) {
        return AuditFile.bytes(loaded().audit().runRange(from, to, budget));
    }
}
