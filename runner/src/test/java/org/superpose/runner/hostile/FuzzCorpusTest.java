package org.superpose.runner.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The inputs that {@code tools/fuzz.sh} has kept: each reached code that none of the others did, or broke a reader once. */
class FuzzCorpusTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void noInputOfTheCorpusMakesItsReaderCrashOrAllocateTooMuch(HostileReader reader)
            throws IOException, URISyntaxException {
        FuzzTarget target = new FuzzTarget(reader, folder);
        URL corpus = FuzzCorpusTest.class.getResource("corpus/" + reader.word());
        List<Path> inputs;
        try (Stream<Path> files = Files.list(Path.of(corpus.toURI()))) {
            inputs = files.sorted().toList();
        }
        int refused = 0;
        for (Path input : inputs) {
            try {
                refused += target.refuses(Files.readAllBytes(input)) ? 1 : 0;
            } catch (AssertionError fault) {
                throw new AssertionError(input.getFileName() + ": " + fault.getMessage(), fault);
            }
        }
        assertTrue(refused > 0, "no input was refused");
        for (byte[] seed : target.seeds()) {
            assertFalse(target.refuses(seed), "the file that is right was refused");
        }
    }
}
