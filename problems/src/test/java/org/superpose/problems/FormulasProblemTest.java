package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.problems.formula.FormulaTexts;
import org.superpose.problems.formula.RewrittenText;

class FormulasProblemTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("formulas.csv");
    }

    private ProblemInstance read(String text, Object... more) throws IOException {
        Files.writeString(file, text);
        List<Object> all = new ArrayList<>(List.of("file", file));
        all.addAll(List.of(more));
        return Instances.draw(1, "formulas", all.toArray());
    }

    /** What a file is refused with, behind its name. */
    private String refusal(String text, Object... more) {
        String message = assertThrows(InvalidInputException.class, () -> read(text, more))
                .getMessage();
        assertTrue(message.startsWith("file \"" + file + "\""), message);
        return message.substring(("file \"" + file + "\"").length());
    }

    @Test
    void featuresAreNumberedAsTheyOccurAndOutputsAsTheyStand() throws IOException {
        ProblemInstance instance = read("""
                output,formula
                detector,the & cat & !black
                either,dog ^ cat
                "most, or so","at-least(2, the, dog, ""a bird"")"
                """);
        assertEquals(
                List.of("the", "cat", "black", "dog", "a bird"),
                instance.inputNames().names());
        assertEquals(
                List.of("detector", "either", "most, or so"),
                instance.outputNames().names());
        assertEquals("literals(and,++-), parity, at-least(2)", instance.gates().functionNames());
        assertEquals(3, instance.maxActive());
        assertEquals(0, instance.domain().minActive());
        assertTrue(instance.functionClass().isEmpty());
        assertEquals(FeatureSet.of(0, 1), instance.evaluate(FeatureSet.of(0, 1)));
        assertEquals(FeatureSet.of(1), instance.evaluate(FeatureSet.of(0, 1, 2)));
        assertEquals(FeatureSet.of(2), instance.evaluate(FeatureSet.of(0, 4)));
    }

    @Test
    void aFileOfFeaturesNumbersThemAndMayNameMore() throws IOException {
        Path features = Files.writeString(folder.resolve("features.csv"), "feature\nb\nnever read\n\"a, or so\"\n");
        ProblemInstance instance = read("output,formula\nx,\"'a, or so' & !b\"\n", "features", features);
        assertEquals(
                List.of("b", "never read", "a, or so"), instance.inputNames().names());
        assertEquals(FeatureSet.of(0), instance.evaluate(FeatureSet.of(1, 2)));
        assertEquals(
                ", line 2, column 7: there is no feature \"c\" in \"" + features + "\"; did you mean \"b\"?",
                refusal("output,formula\nx,b & c\n", "features", features));
    }

    @Test
    void activityBoundsAreThoseThatAreAskedFor() throws IOException {
        ProblemInstance instance = read("output,formula\nx,a & b | c & d\n", "max-active", 3, "min-active", 1);
        assertEquals("1 to 3 of 4 features", instance.domain().toString());
        assertEquals(
                "max-active 5 is larger than inputs 4: it must be at most inputs",
                assertThrows(
                                InvalidInputException.class,
                                () -> read("output,formula\nx,a & b | c & d\n", "max-active", 5))
                        .getMessage());
    }

    @Test
    void constantOutputsAreAllowedAndKnown() throws IOException {
        ProblemInstance instance = read("output,formula\nalways,a | !a\nnever,b & !b\ncopy,a\nfixed,1\n");
        assertEquals(FeatureSet.of(0, 3), instance.gates().resting());
        assertEquals(GateFunction.table(false), instance.gates().function(1));
        assertEquals(1, instance.maxActive());
        assertEquals(2, instance.inputs()); // b is read by no gate, but it is named
    }

    @Tag("slow")
    @Test
    void randomFormulasComputeWhatTheirTextsSay() throws IOException {
        RandomGenerator random = new Seed(4).generator();
        List<String> written = List.of("p", "q", "r", "'s t'", "u", "v");
        FormulaTexts texts = new FormulaTexts(written, random);
        StringBuilder csv = new StringBuilder("output,formula\nall,p & q & r & 's t' & u & v\n");
        List<String> formulas = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            formulas.add(texts.draw(3));
            csv.append("o").append(i).append(",\"").append(formulas.get(i)).append("\"\n");
        }
        ProblemInstance instance = read(csv.toString(), "max-active", 6);
        for (FeatureSet input : instance.domain()) {
            Map<String, Boolean> values = new HashMap<>();
            for (int j = 0; j < 6; j++) {
                values.put(instance.inputNames().name(j), input.contains(j));
            }
            FeatureSet on = instance.evaluate(input);
            for (int i = 0; i < formulas.size(); i++) {
                assertEquals(
                        RewrittenText.value(formulas.get(i), values),
                        on.contains(i + 1),
                        formulas.get(i) + " " + input);
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"skip-grams-gpl3, 1704, 515", "skip-grams-licenses, 5733, 1062"})
    void theBundledDetectorsAreOnForTwoWordsWithoutTheThird(String name, int outputs, int inputs) throws IOException {
        ProblemInstance instance = Instances.draw(1, "formulas", "file", "bundled:" + name);
        assertEquals(outputs, instance.outputs());
        assertEquals(inputs, instance.inputs());
        assertEquals(3, instance.maxActive());
        assertEquals("literals(and,++-), literals(and,+-+), literals(and,-++)", sorted(instance));
        Map<String, Integer> features = new HashMap<>();
        for (int j = 0; j < inputs; j++) {
            assertEquals(null, features.put(instance.inputNames().name(j), j));
        }
        String[] lines = resource(name).split("\n");
        assertEquals(outputs + 1, lines.length);
        HashSet<List<Object>> distinct = new HashSet<>();
        for (int i = 0; i < outputs; i++) {
            String[] words = lines[i + 1].split(",")[1].split(" & ");
            assertEquals(words[0] + "·" + words[1], instance.outputNames().name(i));
            int a = features.get(words[0]);
            int b = features.get(words[1]);
            int c = features.get(words[2].substring(1));
            assertTrue(instance.evaluate(FeatureSet.of(a, b)).contains(i), lines[i + 1]);
            assertFalse(instance.evaluate(FeatureSet.of(a, b, c)).contains(i), lines[i + 1]);
            assertFalse(instance.evaluate(FeatureSet.of(a, c)).contains(i), lines[i + 1]);
            assertFalse(instance.evaluate(FeatureSet.of(b)).contains(i), lines[i + 1]);
            assertTrue(distinct.add(List.of(Math.min(a, b), Math.max(a, b), c)), "two outputs are equal");
        }
    }

    private static String sorted(ProblemInstance instance) {
        return instance.gates().functions().stream()
                .map(GateFunction::name)
                .sorted()
                .reduce((first, second) -> first + ", " + second)
                .orElseThrow();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = FormulasProblem.class.getResourceAsStream(name + ".csv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFormulaThatDoesNotParseIsToldWithLineAndColumnOfTheFile() {
        String operator = "expected \"&\", \"^\", \"|\" or the end of the formula, but found ";
        String operand = "expected a name, 0, 1, \"!\", \"(\" or \"at-least(\", but ";
        assertEquals(", line 3, column 6: " + operator + "\"b\"", refusal("output,formula\nx,a\nyy,a b\n"));
        assertEquals(
                ", line 2, column 13: " + operator + "\"b\"",
                refusal("output,formula\n\"x, y\",  a  b\n"),
                "behind a quoted name");
        assertEquals(
                ", line 2, column 10: " + operator + "\"c\"",
                refusal("output,formula\nx,\"\"\"a\"\" c\"\n"),
                "behind doubled quotes");
        assertEquals(
                ", line 5, column 3: " + operator + "\"c\"",
                refusal("output,formula\r\n\"x\r\ny\",\"a &\r\n\r\nb c\"\r\n"),
                "on a later line of the formula");
        assertEquals(", line 2, column 6: " + operand + "the formula ends", refusal("output,formula\nx,a &\n"));
        assertEquals(", line 2, column 3: " + operand + "the formula ends", refusal("output,formula\nx,\n"));
        assertEquals(", line 3, column 5: " + operator + "\"b\"", refusal("sep=;\noutput;formula\nx;a b\n"));
        assertEquals(
                ", line 2, column 5: " + operator + "\"c\"",
                refusal("output,formula\n\uD83D\uDC08,é c\n"),
                "by code points");
    }

    @Test
    void whatElseIsWrongWithAFileIsToldInOneSentence() {
        assertEquals(" is empty: it needs the header output,formula and at least one line below it", refusal(""));
        assertEquals(
                " has a header but no formulas: it needs at least one line below the header",
                refusal("output,formula\n"));
        assertEquals(", line 1: the header is \"x,a\", but has to be \"output,formula\"", refusal("x,a\ny,b\n"));
        assertEquals(", line 3: the output \"x\" is already on line 2", refusal("output,formula\nx,a\nx,b\n"));
        assertEquals(", line 2: the output has no name", refusal("output,formula\n ,a\n"));
        assertEquals(
                ", line 2: the formula is missing: a line has an output and a formula, separated by a comma",
                refusal("output,formula\nx\n"));
        assertEquals(
                ", line 2: 4 columns: a line has an output and a formula; a formula with a comma in it, such as"
                        + " at-least(2, a, b), needs double quotes around it",
                refusal("output,formula\nx,at-least(2,a,b)\n"));
        assertEquals(" has formulas that name no feature: there have to be inputs", refusal("output,formula\nx,1\n"));
        assertTrue(refusal("output,formula\nx,\"a\n").startsWith(" is not well-formed CSV: "));
        String wide = IntStream.range(0, 17)
                .mapToObj(j -> "(a" + j + " | b)")
                .reduce((left, right) -> left + " & " + right)
                .orElseThrow();
        assertEquals(
                ", line 2: the formula reads 18 features: with more than 16 it has to be an &, a | or a ^ of names and"
                        + " negated names, or an at-least of them with weights of at most 2^30 in all; a ^ must not be"
                        + " on when all of them are off",
                refusal("output,formula\nx," + wide + "\n"));
    }

    @Test
    void whatIsWrongWithAFileOfFeaturesIsToldInOneSentence() throws IOException {
        assertFeaturesRefused(" is empty: it needs the header feature and at least one line below it", "");
        assertFeaturesRefused(
                " has a header but no features: it needs at least one line below the header", "feature\n");
        assertFeaturesRefused(", line 3: the feature \"a\" is already on line 2", "feature\na\na\n");
        assertFeaturesRefused(", line 1: the header is \"a\", but has to be \"feature\"", "a\nb\n");
        assertFeaturesRefused(
                ", line 2: a line has one name of a feature, in double quotes if there is a comma in it",
                "feature\na,b\n");
    }

    private void assertFeaturesRefused(String message, String text) throws IOException {
        Path features = Files.writeString(folder.resolve("features.csv"), text);
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> read("output,formula\nx,a\n", "features", features));
        assertEquals("file \"" + features + "\"" + message, refused.getMessage());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertEquals(
                "file \"nowhere.csv\" does not exist: file must be the path of a CSV file of formulas or"
                        + " bundled:skip-grams-gpl3 or bundled:skip-grams-licenses",
                assertThrows(InvalidInputException.class, () -> Instances.draw(1, "formulas", "file", "nowhere.csv"))
                        .getMessage());
        assertEquals(
                "no CSV file of formulas \"skip-grams\" is bundled; did you mean \"skip-grams-gpl3\"?",
                assertThrows(
                                InvalidInputException.class,
                                () -> Instances.draw(1, "formulas", "file", "bundled:skip-grams"))
                        .getMessage());
    }
}
