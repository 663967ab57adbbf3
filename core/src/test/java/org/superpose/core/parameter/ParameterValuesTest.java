package org.superpose.core.parameter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;

class ParameterValuesTest {
    private static final Parameter<Integer> WIDTH = Parameter.whole("width", 1, 1 << 20, "n");
    private static final Parameter<Integer> WEIGHT =
            Parameter.whole("code-weight", 1, 64, "k").chosen("from width");
    private static final Parameter<Double> EXPONENT =
            Parameter.real("exponent", 0, 4, "alpha").withDefault(1.0);
    private static final Parameter<String> PROFILE =
            Parameter.choice("influence", List.of("regular", "zipf"), "profile").withDefault("regular");
    private static final Parameter<Boolean> CLEAN = Parameter.flag("clean", "c").withDefault(false);
    private static final List<Parameter<?>> DECLARED = List.of(WIDTH, WEIGHT, EXPONENT, PROFILE, CLEAN);

    @Test
    void givenValuesAreTypedAndTheRestHasItsDefault() {
        ParameterValues values = ParameterValues.parse(
                "construction x", DECLARED, Map.of("width", "2^10", "exponent", "0.5", "clean", "yes"));
        assertEquals(1024, values.get(WIDTH));
        assertEquals(0.5, values.get(EXPONENT));
        assertEquals("regular", values.get(PROFILE));
        assertEquals(true, values.get(CLEAN));
        assertEquals(Optional.empty(), values.find(WEIGHT));
        assertEquals(Map.of("width", 1024, "exponent", 0.5, "clean", true), values.asMap());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "width|0|width \"0\" must be a whole number from 1 to 1048576",
                "width|2^70|width \"2^70\" must be",
                "width|ten|width \"ten\" must be",
                "code-weight|65|a whole number from 1 to 64",
                "exponent|NaN|exponent \"NaN\" must be a number from 0.0 to 4.0",
                "influence|regulr|did you mean \"regular\"?",
                "clean|maybe|true or false",
                "widht|7|construction x has no parameter \"widht\"; did you mean \"width\"?"
            })
    void whatIsNotAllowedIsRefusedInOneSentence(String name, String value, String message) {
        Map<String, String> given = new java.util.HashMap<>(Map.of("width", "5"));
        given.put(name, value);
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> ParameterValues.parse("construction x", DECLARED, given));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Test
    void aMissingRequiredValueIsNamed() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> ParameterValues.parse("construction x", DECLARED, Map.of()));
        assertTrue(refusal.getMessage().startsWith("construction x needs width"), refusal.getMessage());
    }

    @Test
    void aValueSetInCodeIsCheckedToo() {
        assertThrows(InvalidInputException.class, () -> ParameterValues.NONE.with(WIDTH, 0));
        assertEquals(7, ParameterValues.NONE.with(WIDTH, 6).with(WIDTH, 7).get(WIDTH));
    }

    @Test
    void aDeclarationWithABadNameOrDefaultIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> Parameter.whole("Width", 0, 1, ""));
        assertThrows(IllegalArgumentException.class, () -> WIDTH.withDefault(0));
    }
}
