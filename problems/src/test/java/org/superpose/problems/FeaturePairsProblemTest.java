package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemInstance;

class FeaturePairsProblemTest {
    @TempDir
    Path folder;

    private ProblemInstance read(String text, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("pairs.csv"), text);
        Object[] all = new Object[more.length + 2];
        all[0] = "file";
        all[1] = file.toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return Instances.draw(1, "feature-pairs", all);
    }

    @Test
    void outputsStandInTheOrderOfTheLinesEvenWhereTheyAreTheSame() throws IOException {
        ProblemInstance pairs = read("first,second\n0,3\n3,0\n2,2\n0,3\n");
        assertEquals(4, pairs.inputs());
        assertEquals(4, pairs.outputs());
        assertEquals(FeatureSet.of(0, 1, 3), pairs.evaluate(FeatureSet.of(0, 3)));
        assertEquals(FeatureSet.of(2), pairs.evaluate(FeatureSet.of(2, 3)));
        assertEquals(FeatureSet.EMPTY, pairs.evaluate(FeatureSet.of(1)));
        assertEquals(Optional.empty(), pairs.functionClass());
        assertTrue(pairs.inputNames().isEmpty());
    }

    @Test
    void distinctPairsAreOfTheClassOfTwoAnds() throws IOException {
        ProblemInstance pairs = read("first,second\n0,3\n3,2\n", "inputs", 9, "max-active", 3);
        assertEquals(9, pairs.inputs());
        assertEquals(3, pairs.maxActive());
        assertEquals(Optional.of(FunctionClass.distinctSubsets(9, 2, 2)), pairs.functionClass());
    }

    /** One name among numbers makes all of them names. */
    @Test
    void namesAreNumberedAsTheyFirstOccur() throws IOException {
        ProblemInstance pairs = read("first,second\n7,the\nthe,1\n");
        assertEquals(List.of("7", "the", "1"), pairs.inputNames().names());
        assertEquals(List.of("7·the", "the·1"), pairs.outputNames().names());
        assertEquals(FeatureSet.of(1), pairs.evaluate(FeatureSet.of(1, 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0,9; has the index 9, but inputs is 4",
                "a,b; names 2 features, but inputs is 4",
                "0,99999999; line 2: the index 99999999 is too large: it must be below 16777216",
                "0,-1; line 2: \"-1\" is no index: it must be a whole number from 0 to 16777215",
                "0; line 2: 1 columns: a file of pairs has two",
                "0,; line 2: the second column is empty",
            })
    void whatIsWrongIsNamed(String line, String part) {
        InvalidInputException fault =
                assertThrows(InvalidInputException.class, () -> read("first,second\n" + line + "\n", "inputs", 4));
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }
}
