package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;
import org.superpose.runner.hostile.Corpus;

/** The inputs that {@code tools/fuzz.sh store row-fields} has kept, and some more for stores. */
class StoreFuzzCorpusTest {
    private static final int MORE = 60;
    private static final int LONGEST = 80;

    @Test
    void everyRowFieldsOfTheCorpusIsReadOrRefused() {
        int refused = 0;
        for (Path input : Corpus.of("row-fields")) {
            refused += Corpus.refuses(input, RowFieldsFuzzTarget::refuses) ? 1 : 0;
        }
        assertTrue(refused > 0, "no input was refused");
        assertFalse(RowFieldsFuzzTarget.refuses(
                RowFields.of(SmallSweep.measurements(2)).text().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyStoreOfTheCorpusIsReadOrRefused() throws SQLException {
        try (StoreFuzzTarget target = new StoreFuzzTarget()) {
            int refused = 0;
            List<Path> inputs = Corpus.of("store");
            for (Path input : inputs) {
                refused += Corpus.refuses(input, target::refuses) ? 1 : 0;
            }
            assertTrue(refused > 0 && refused < inputs.size(), refused + " of " + inputs.size() + " were refused");
        }
    }

    @Test
    void everyStoreThatWasChangedAtRandomIsReadOrRefused() throws SQLException {
        try (StoreFuzzTarget target = new StoreFuzzTarget()) {
            for (int number = 0; number < MORE; number++) {
                RandomGenerator random = new Seed(11).child(number).generator();
                byte[] input = new byte[random.nextInt(LONGEST)];
                random.nextBytes(input);
                target.refuses(input);
            }
        }
    }
}
