package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.Provenance;

/** What is known of a network's errors before a verifier has looked. */
class KnownErrorsTest {
    private static Optional<String> known(Map<String, Object> facts) {
        return KnownErrors.of(new Provenance("some", Map.of(), 1, facts));
    }

    @Test
    void whatConstructionsCountIsASentence() {
        assertEquals(Optional.of("1,716 inputs are left wrong"), known(Map.of("wrong-inputs-left", 1716L)));
        assertEquals(
                Optional.of("1 input is left wrong"),
                known(Map.of("wrong-inputs-left", 1, "wrong-inputs-counted", true)));
        assertEquals(
                Optional.of("at least 3 inputs are left wrong"),
                known(Map.of("wrong-inputs-left", 3, "wrong-inputs-counted", false)));
        assertEquals(Optional.of("2 outputs are left wrong on some input"), known(Map.of("wrong-outputs", 2)));
    }

    @Test
    void whereNothingIsWrongOrKnownThereIsNone() {
        assertEquals(Optional.empty(), known(Map.of()));
        assertEquals(Optional.empty(), known(Map.of("wrong-inputs-left", 0, "wrong-inputs-counted", true)));
        assertEquals(Optional.empty(), known(Map.of("wrong-outputs", 0)));
        assertEquals(Optional.empty(), known(Map.of("wrong-inputs-counted", false)));
    }
}
