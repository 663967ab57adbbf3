package org.superpose.runner.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The inputs that {@code tools/fuzz.sh} has kept, in one archive for each reader: each reached code that none of the
 * others did, or broke a reader once. {@code tools/fuzz_corpus.py} writes the archives.
 */
public final class Corpus {
    private Corpus() {}

    /** What takes an input. */
    @FunctionalInterface
    public interface Target {
        boolean refuses(byte[] input) throws Exception;
    }

    /** An input with the name that it has in the archive. */
    public record Input(String name, byte[] content) {
        /**
         * Whether a target refuses this input.
         *
         * @throws AssertionError if the target does anything but read or refuse it, naming the input
         */
        public boolean isRefusedBy(Target target) {
            try {
                return target.refuses(content);
            } catch (Exception | AssertionError fault) {
                throw new AssertionError(name + ": " + fault.getMessage(), fault);
            }
        }
    }

    /** All inputs of a reader, in the order of their names. */
    public static List<Input> of(String reader) {
        List<Input> inputs = new ArrayList<>();
        try (ZipFile archive = new ZipFile(
                Path.of(Corpus.class.getResource("corpus/" + reader + ".zip").toURI())
                        .toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                inputs.add(
                        new Input(entry.getName(), archive.getInputStream(entry).readAllBytes()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return inputs;
    }

    /** The number of inputs of a reader that a target refuses. */
    public static long refused(String reader, Target target) {
        return of(reader).stream().filter(input -> input.isRefusedBy(target)).count();
    }
}
