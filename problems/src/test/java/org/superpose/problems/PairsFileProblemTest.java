package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.ProblemInstance;

class PairsFileProblemTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("pairs.csv");
    }

    private ProblemInstance read(String text, String nameSpaces) throws IOException {
        Files.writeString(file, text);
        return Instances.draw(1, "pairs-file", "file", file, "name-spaces", nameSpaces);
    }

    private String refusal(byte[] bytes, String nameSpaces) throws IOException {
        Files.write(file, bytes);
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> Instances.draw(1, "pairs-file", "file", file, "name-spaces", nameSpaces))
                .getMessage();
        assertTrue(message.startsWith("file \"" + file + "\""), message);
        return message.substring(("file \"" + file + "\"").length());
    }

    private String refusal(String text) throws IOException {
        return refusal(text.getBytes(StandardCharsets.UTF_8), "separate");
    }

    @Test
    void reads_the_bundled_bigrams() {
        ProblemInstance instance = Instances.draw(1, "pairs-file", "file", "bundled:bigrams-gpl3");
        assertEquals(3555, instance.outputs());
        assertEquals(1004 + 1005, instance.inputs());
        assertEquals(
                BigInteger.valueOf(1004L * 1005),
                instance.functionClass().orElseThrow().choices());
        assertEquals(3555, instance.functionClass().orElseThrow().outputs());
        assertEquals(2, instance.maxActive());
        assertTrue(instance.domain().isGrouped());
        assertEquals(2, instance.domain().groupCount());
        assertEquals(
                BigInteger.valueOf(1 + 2009 + 1004 * 1005), instance.domain().size());
        assertEquals(
                8499,
                Instances.draw(1, "pairs-file", "file", "bundled:bigrams-licenses")
                        .outputs());
    }

    @Test
    void shares_names_between_columns_on_request() {
        ProblemInstance instance =
                Instances.draw(1, "pairs-file", "file", "bundled:bigrams-gpl3", "name-spaces", "shared");
        assertEquals(1005, instance.inputs());
        assertEquals(3555 - 127, instance.outputs()); // 127 pairs are the reverse of an earlier one
        assertFalse(instance.domain().isGrouped());
        ReadSets.assertDistinct(instance.gates(), 2);
        assertEquals(
                FunctionClassOf.pairs(1005),
                instance.functionClass().orElseThrow().choices());
    }

    private static final class FunctionClassOf {
        static BigInteger pairs(int inputs) {
            return BigInteger.valueOf((long) inputs * (inputs - 1) / 2);
        }
    }

    @Test
    void calls_features_after_the_words() throws IOException {
        ProblemInstance separate = read("first,second\nthe,licence\na,the\n", "separate");
        assertEquals(
                List.of("the·", "a·", "·licence", "·the"), separate.inputNames().names());
        assertEquals(List.of("the·licence", "a·the"), separate.outputNames().names());
        assertEquals(FeatureSet.of(0), separate.evaluate(FeatureSet.of(0, 2)));
        assertEquals(FeatureSet.of(1), separate.evaluate(FeatureSet.of(1, 3)));
        assertEquals(FeatureSet.EMPTY, separate.evaluate(FeatureSet.of(0, 3)));
        assertFalse(separate.domain().contains(FeatureSet.of(0, 1)));

        ProblemInstance shared = read("first,second\nthe,licence\na,the\nthe,a\n", "shared");
        assertEquals(List.of("the", "licence", "a"), shared.inputNames().names());
        assertEquals(List.of("the·licence", "a·the"), shared.outputNames().names());
        assertEquals(FeatureSet.of(1), shared.evaluate(FeatureSet.of(0, 2)));
    }

    @Test
    void understands_quotes_blank_lines_and_any_line_end() throws IOException {
        ProblemInstance instance = read(
                "\uFEFF\"first, left\",second\r\n\"one, two\",\"say \"\"yes\"\"\"\r\n\r\n a , b \r\nc,\"d\ne\"\r\nf,g",
                "separate");
        assertEquals(
                List.of("one, two·say \"yes\"", "a·b", "c·d\ne", "f·g"),
                instance.outputNames().names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=,", "SEP=;", "\"sep=;\"", "sep=\t"})
    void the_line_of_a_spreadsheet_that_names_the_separator_is_no_header(String line) throws IOException {
        String separator = line.replace("\"", "").substring(4);
        ProblemInstance expected = read("first,second\na,b\nc,d\n", "separate");
        String text = line + "\r\n" + "first,second\na,b\nc,d\n".replace(",", separator);
        assertEquals(expected.inputNames(), read(text, "separate").inputNames());
        assertEquals(expected.outputs(), read(text, "separate").outputs());
        assertTrue(refusal(text + separator + "e\n").contains("line 5"), refusal(text + separator + "e\n"));
    }

    @Test
    void gives_an_equal_instance_every_time() {
        assertEquals(
                Instances.draw(1, "pairs-file", "file", "bundled:bigrams-licenses"),
                Instances.draw(1, "pairs-file", "file", "bundled:bigrams-licenses"));
    }

    @Test
    void every_output_reads_one_word_of_each_column() {
        ProblemInstance instance = Instances.draw(1, "pairs-file", "file", "bundled:bigrams-licenses");
        ReadSets.assertDistinct(instance.gates(), 2);
        assertEquals(instance.outputs(), new HashSet<>(instance.outputNames().names()).size());
        for (int i = 0; i < instance.outputs(); i++) {
            String first = instance.inputNames().name(instance.gates().read(i, 0));
            String second = instance.inputNames().name(instance.gates().read(i, 1));
            assertEquals(instance.outputNames().name(i), first + second.substring(1)); // "the·" and "·licence"
        }
    }

    @Test
    void names_the_line_of_what_is_wrong() throws IOException {
        assertEquals(
                ", line 3: the second column is missing: a pairs file has two columns, separated by a comma",
                refusal("first,second\na,b\nc\n"));
        assertEquals(
                ", line 1: the second column is missing: a pairs file has two columns, separated by a comma",
                refusal("first\na,b\n"));
        assertEquals(
                ", line 2: 3 columns: a pairs file has two columns, separated by a comma",
                refusal("first,second\na,b,c\n"));
        assertEquals(", line 3: the first column is empty", refusal("first,second\na,b\n  ,c\n"));
        assertEquals(", line 2: the second column is empty", refusal("first,second\na,\n"));
        assertEquals(", line 4: the pair \"a,b\" is already on line 2", refusal("first,second\na,b\nb,a\na, b\n"));
        assertEquals(
                ", line 3: the pair \"that,that\" has one name twice, which needs name-spaces separate",
                refusal("first,second\na,b\nthat,that\n".getBytes(StandardCharsets.UTF_8), "shared"));
        assertEquals(
                ", line 3: it is not UTF-8 text (byte 20 of the file is 0xe9)",
                refusal("first,second\na,b\nc,é\n".getBytes(StandardCharsets.ISO_8859_1), "separate"));
        assertTrue(refusal("first,second\na,b\n\"c,d\n").startsWith(" is not well-formed CSV: "));
    }

    @Test
    void refuses_a_file_without_pairs() throws IOException {
        assertEquals(" is empty: it needs a header and at least one pair below it", refusal(""));
        assertEquals(" is empty: it needs a header and at least one pair below it", refusal("\n\n"));
        assertEquals(
                " has a header but no pairs: it needs at least one pair below the header", refusal("first,second\n"));
        assertEquals(
                "file \"" + folder + "\" is not a regular file",
                assertThrows(InvalidInputException.class, () -> Instances.draw(1, "pairs-file", "file", folder))
                        .getMessage());
    }

    @Test
    void refuses_a_file_that_is_not_there() {
        var missing = assertThrows(
                InvalidInputException.class, () -> Instances.draw(1, "pairs-file", "file", file.resolve("none.csv")));
        assertTrue(missing.getMessage().contains("none.csv\" does not exist"), missing.getMessage());
        var bundled = assertThrows(
                InvalidInputException.class, () -> Instances.draw(1, "pairs-file", "file", "bundled:bigram-gpl3"));
        assertEquals(
                "no CSV file of pairs \"bigram-gpl3\" is bundled; did you mean \"bigrams-gpl3\"?",
                bundled.getMessage());
    }
}
