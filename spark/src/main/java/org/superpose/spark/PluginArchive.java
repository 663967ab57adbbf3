package org.superpose.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.superpose.core.file.ScratchFiles;
import org.superpose.runner.plugin.PluginFolder;

/**
 * The plugin folder on its way to the executors: one archive, with sub-folders, in which the libraries of plugins lie.
 *
 * @param path the folder itself where the tasks run in this process, or the name under which Spark unpacks it; "" if
 *     there is none
 * @param archive the archive on the driver's disk, or ""
 */
record PluginArchive(String path, String archive) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String UNPACKED = "superpose-plugins";

    /** Sends a folder to all executors, those that join later too. */
    static PluginArchive ship(Optional<Path> folder, SparkContext context) {
        if (folder.isEmpty()) {
            return new PluginArchive("", "");
        }
        if (context.isLocal()) {
            return new PluginArchive(folder.get().toAbsolutePath().toString(), "");
        }
        try {
            Path archive = ScratchFiles.createFile(".zip");
            pack(folder.get(), archive);
            context.addArchive(archive.toUri() + "#" + UNPACKED);
            return new PluginArchive(UNPACKED, archive.toString());
        } catch (IOException broken) {
            throw new UncheckedIOException("the plugin folder " + folder.get() + " could not be packed", broken);
        }
    }

    private static void pack(Path folder, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }

    /** Loads the plugins, on an executor. */
    PluginFolder open(ClassLoader parent) {
        if (path.isEmpty()) {
            return PluginFolder.NONE;
        }
        return PluginFolder.open(Path.of(archive.isEmpty() ? path : SparkFiles.get(path)), parent);
    }

    /** Deletes what the driver wrote. */
    void close() throws IOException {
        if (!archive.isEmpty()) {
            Files.deleteIfExists(Path.of(archive));
        }
    }
}
