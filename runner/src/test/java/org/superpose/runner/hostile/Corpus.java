package org.superpose.runner.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs that {@code tools/fuzz.sh} has kept: each reached code that none of the others did, or broke a reader
 * once.
 */
public final class Corpus {
    private Corpus() {}

    /** What takes an input. */
    @FunctionalInterface
    public interface Target {
        boolean refuses(byte[] input) throws Exception;
    }

    /** The inputs of a reader, in order. */
    public static List<Path> of(String reader) {
        try (Stream<Path> files =
                Files.list(Path.of(Corpus.class.getResource("corpus/" + reader).toURI()))) {
            return files.sorted().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Whether a target refuses an input.
     *
     * @throws AssertionError if it does anything but read or refuse, naming the input
     */
    public static boolean refuses(Path input, Target target) {
        try {
            return target.refuses(Files.readAllBytes(input));
        } catch (Exception | AssertionError fault) {
            throw new AssertionError(input.getFileName() + ": " + fault.getMessage(), fault);
        }
    }
}
