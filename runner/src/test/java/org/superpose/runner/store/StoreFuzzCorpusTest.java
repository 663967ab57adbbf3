package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;
import org.superpose.runner.hostile.Corpus;

/** The inputs that {@code tools/fuzz.sh store row-fields} has kept, and some more for stores. */
@Tag("slow")
class StoreFuzzCorpusTest {
    private static final int MORE = 60;
    private static final int LONGEST = 80;

    @Test
    void everyRowFieldsOfTheCorpusIsReadOrRefused() {
        assertTrue(Corpus.refused("row-fields", RowFieldsFuzzTarget::refuses) > 0, "no input was refused");
        assertFalse(RowFieldsFuzzTarget.refuses(
                RowFields.of(SmallSweep.measurements(2)).text().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyStoreOfTheCorpusIsReadOrRefused() throws SQLException {
        try (StoreFuzzTarget target = new StoreFuzzTarget()) {
            int inputs = Corpus.of("store").size();
            long refused = Corpus.refused("store", target::refuses);
            assertTrue(refused > 0 && refused < inputs, refused + " of " + inputs + " were refused");
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
