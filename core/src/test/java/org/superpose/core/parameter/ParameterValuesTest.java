package org.superpose.core.parameter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;

class ParameterValuesTest {
    private final Parameter<Integer> width = Parameter.whole("width", 1, 1 << 20, "n");
    private final Parameter<Integer> weight =
            Parameter.whole("code-weight", 1, 64, "k").chosen("from width");
    private final Parameter<Double> exponent =
            Parameter.real("exponent", 0, 4, "alpha").withDefault(1.0);
    private final Parameter<String> profile =
            Parameter.choice("influence", List.of("regular", "zipf"), "profile").withDefault("regular");
    private final Parameter<Boolean> clean = Parameter.flag("clean", "c").withDefault(false);
    private final List<Parameter<?>> declared = List.of(width, weight, exponent, profile, clean);

    @Test
    void givenValuesAreTypedAndTheRestHasItsDefault() {
        ParameterValues values = ParameterValues.parse(
                "construction x", declared, Map.of("width", "2^10", "exponent", "0.5", "clean", "yes"));
        assertEquals(1024, values.get(width));
        assertEquals(0.5, values.get(exponent));
        assertEquals("regular", values.get(profile));
        assertEquals(true, values.get(clean));
        assertEquals(Optional.empty(), values.find(weight));
        assertEquals(Map.of("width", 1024, "exponent", 0.5, "clean", true), values.asMap());
    }

    @Test
    void completeValuesHaveTheDefaultsBehindWhatWasGiven() {
        List<String> read = new ArrayList<>();
        ParameterValues complete = ParameterValues.NONE
                .with(profile, "zipf")
                .with(width, 12)
                .observedBy(parameter -> read.add(parameter.name()))
                .complete(declared);
        assertEquals(List.of(), read);
        assertEquals(
                List.of("influence=zipf", "width=12", "exponent=1.0", "clean=false"),
                complete.asMap().entrySet().stream().map(Object::toString).toList());
        assertEquals(1.0, complete.get(exponent));
        assertEquals(List.of("exponent"), read);
    }

    @Test
    void anotherLineOfHelpLeavesTheRestOfADeclarationAsItIs() {
        Parameter<Integer> other = weight.withHelp("the same for all");
        assertEquals("the same for all", other.help());
        assertEquals(weight, other.withHelp(weight.help()));
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
                "clean|maybe|clean \"maybe\" must be true or false",
                "influence|flat|influence \"flat\" must be one of regular, zipf",
                "exponent|4.5|exponent \"4.5\" must be a number from 0.0 to 4.0",
                "width|1e3|width \"1e3\" must be",
                "width|2^|width \"2^\" must be",
                "width|^2|width \"^2\" must be",
                "width|2^-1|width \"2^-1\" must be",
                "width|1^63|width \"1^63\" must be",
                "width|4294967297|width \"4294967297\" must be",
                "widht|7|construction x has no parameter \"widht\"; did you mean \"width\"?"
            })
    void whatIsNotAllowedIsRefusedInOneSentence(String name, String value, String message) {
        Map<String, String> given = new HashMap<>(Map.of("width", "5"));
        given.put(name, value);
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> ParameterValues.parse("construction x", declared, given));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Test
    void theValuesOfAChoiceAreListedOnce() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> ParameterValues.parse("construction x", declared, Map.of("width", "5", "influence", "flat")));
        assertEquals("influence \"flat\" must be one of regular, zipf", refusal.getMessage());
    }

    @Test
    void aMissingRequiredValueIsNamed() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> ParameterValues.parse("construction x", declared, Map.of()));
        assertEquals("construction x needs width (n): a whole number from 1 to 1048576", refusal.getMessage());
        InvalidInputException later = assertThrows(InvalidInputException.class, () -> ParameterValues.NONE.get(width));
        assertEquals("width is needed: a whole number from 1 to 1048576", later.getMessage());
    }

    @Test
    void aValueSetInCodeIsCheckedToo() {
        assertThrows(InvalidInputException.class, () -> ParameterValues.NONE.with(width, 0));
        assertEquals(7, ParameterValues.NONE.with(width, 6).with(width, 7).get(width));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1048576, 1048576",
        "2^20, 1048576",
        "1_000, 1000",
        "' 7 ', 7",
        "3^0, 1",
        "1^62, 1",
        "1024^2, 1048576"
    })
    void wholeNumbersUpToBothEndsAreWrittenInSeveralWays(String text, int value) {
        assertEquals(value, width.parse(text));
        assertEquals(value, ParameterValues.NONE.with(width, value).get(width));
    }

    @Test
    void bothEndsOfARangeAreAllowed() {
        assertEquals(0.0, exponent.parse("0"));
        assertEquals(4.0, exponent.parse(" 4 "));
        assertEquals(0.0, ParameterValues.NONE.with(exponent, 0.0).get(exponent));
        assertEquals(4.0, ParameterValues.NONE.with(exponent, 4.0).get(exponent));
        for (double outside : new double[] {-0.5, 4.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(InvalidInputException.class, () -> ParameterValues.NONE.with(exponent, outside));
        }
        assertThrows(InvalidInputException.class, () -> ParameterValues.NONE.with(width, (1 << 20) + 1));
        assertThrows(InvalidInputException.class, () -> width.parse("-1"));
    }

    @Test
    void choicesSwitchesAndTextsTakeWhatTheyName() {
        assertEquals("zipf", profile.parse(" Zipf "));
        assertEquals("zipf", ParameterValues.NONE.with(profile, "zipf").get(profile));
        assertThrows(InvalidInputException.class, () -> ParameterValues.NONE.with(profile, "flat"));
        for (String yes : List.of("true", "YES", " on")) {
            assertEquals(true, clean.parse(yes));
        }
        for (String no : List.of("false", "No", "off ")) {
            assertEquals(false, clean.parse(no));
        }
        assertEquals(false, ParameterValues.NONE.with(clean, false).get(clean));
        Parameter<String> file = Parameter.text("file", "a CSV file", "pairs");
        assertEquals(" my file.csv", file.parse(" my file.csv"));
        assertEquals("a.csv", ParameterValues.NONE.with(file, "a.csv").get(file));
        assertEquals(
                "file \" \" must be a CSV file",
                assertThrows(InvalidInputException.class, () -> file.parse(" ")).getMessage());
    }

    @Test
    void aDeclarationSaysItsTypeAndWhatHappensWithoutAValue() {
        assertEquals(
                List.of("integer", "integer", "real", "choice", "flag"),
                declared.stream().map(parameter -> parameter.type().name()).toList());
        assertEquals("text", Parameter.text("file", "a CSV file", "").type().name());
        assertEquals(
                List.of("required", "chosen from width", "1.0", "regular", "false"),
                declared.stream().map(Parameter::describeDefault).toList());
    }

    @Test
    void anObserverSeesWhatIsRead() {
        List<String> read = new ArrayList<>();
        ParameterValues values = ParameterValues.NONE
                .with(width, 6)
                .observedBy(parameter -> read.add(parameter.name()))
                .with(clean, true);
        assertEquals(6, values.get(width));
        assertEquals(Optional.empty(), values.find(weight));
        assertEquals(List.of("width", "code-weight"), read);
        assertEquals(ParameterValues.NONE.with(width, 6).with(clean, true), values);
    }

    @Test
    void valuesAreEqualWhenTheSameNamesHaveThem() {
        ParameterValues values = ParameterValues.NONE.with(width, 6).with(clean, true);
        ParameterValues others = ParameterValues.NONE.with(clean, true).with(width, 6);
        assertEquals(values, others);
        assertEquals(values.hashCode(), others.hashCode());
        assertEquals("{width=6, clean=true}", values.toString());
        assertNotEquals(values, ParameterValues.NONE.with(width, 7).with(clean, true));
        assertNotEquals(values.hashCode(), ParameterValues.NONE.hashCode());
        assertFalse(values.equals(new Object()));
    }

    @Test
    void aDeclarationWithABadNameOrDefaultIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> Parameter.whole("Width", 0, 1, ""));
        assertThrows(IllegalArgumentException.class, () -> width.withDefault(0));
        assertEquals(1, width.withDefault(1).defaultValue().orElseThrow());
    }
}
