package org.superpose.runner.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reader of files against its {@link Corpus}. */
class FuzzCorpusTest {
    @TempDir
    Path folder;

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void noInputOfTheCorpusMakesItsReaderCrashOrAllocateTooMuch(HostileReader reader) throws IOException {
        FuzzTarget target = new FuzzTarget(reader, folder);
        assertTrue(Corpus.refused(reader.word(), target::refuses) > 0, "no input was refused");
        for (byte[] seed : target.seeds()) {
            assertFalse(target.refuses(seed), "the file that is right was refused");
        }
    }
}
