package org.superpose.runner.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;

class ExperimentFilesTest {
    private final ExperimentFiles files = Bench.of(ExperimentFiles.class);

    private List<String> labels(Experiment experiment, long seed) {
        return experiment.plan(ParameterValues.NONE, new Seed(seed)).stream()
                .map(WorkUnit::label)
                .toList();
    }

    @Test
    void everyCaseMeetsEveryCombinationEveryConstructionAndEverySeed() {
        Experiment experiment = files.read("e.yaml", """
                experiment: sizes
                title: Some sizes
                problem: permutation
                construction: [linear-permutation, dedicated]
                seeds: 2
                cases:
                  - inputs: 64
                  - inputs: 2^7
                    max-active: 2
                parameters:
                  width: [300, 400]
                """);
        assertEquals("sizes", experiment.id());
        assertEquals("Some sizes", experiment.title());
        List<String> labels = labels(experiment, 5);
        assertEquals(2 * 2 * 2 + 2 * 2, labels.size(), "dedicated neurons have no width to vary");
        assertEquals(
                List.of(
                        "permutation, linear-permutation, inputs 64, width 300, seed 5",
                        "permutation, linear-permutation, inputs 64, width 300, seed 6",
                        "permutation, dedicated, inputs 64, seed 5",
                        "permutation, dedicated, inputs 64, seed 6"),
                labels.subList(0, 4));
        assertTrue(labels.contains("permutation, dedicated, inputs 2^7, max-active 2, seed 6"), labels.toString());
    }

    @Test
    void jsonIsReadTheSameWay() {
        Experiment experiment = files.read("e.json", """
                {"experiment": "j", "problem": "permutation", "construction": "dedicated",
                 "seeds": [3, 9], "parameters": {"inputs": [8]}}
                """);
        assertEquals(
                List.of("permutation, dedicated, inputs 8, seed 3", "permutation, dedicated, inputs 8, seed 9"),
                labels(experiment, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "problem: permutation;construction: dedicated|line 1: the key experiment is missing",
                "experiment: A b;problem: permutation|line 1: experiment \"A b\" must be lower-case words",
                "experiment: e;problem: permutatoin|"
                        + "line 2: there is no problem \"permutatoin\"; did you mean \"permutation\"?",
                "experiment: e;problem: permutation|line 1: the key construction is missing",
                "experiment: e;problem: permutation;construction: [dedicated, dedikated]|"
                        + "line 3: there is no construction \"dedikated\"; did you mean \"dedicated\"?",
                "experiment: e;problem: permutation;construction: dedicated;sead: 3|"
                        + "line 4: there is no key \"sead\" here; did you mean \"seeds\"?",
                "experiment: e;problem: permutation;construction: dedicated;seeds: none|"
                        + "line 4: seeds \"none\" must be a whole number",
                "experiment: e;problem: permutation;construction: dedicated;parameters:;  inptus: 3|"
                        + "line 5: none of permutation, dedicated has a parameter \"inptus\"; did you mean \"inputs\"?",
                "experiment: e;problem: permutation;construction: dedicated;parameters:;  inputs: [8, 0]|"
                        + "line 5: inputs \"0\" must be a whole number from 1",
                "experiment: e;problem: permutation;construction: dedicated|permutation needs inputs",
                "experiment: e;problem: permutation;construction: dedicated;cases:;  - {inputs: 8};  - {inputs: -8}|"
                        + "line 6: inputs \"-8\" must be a whole number from 1",
                "experiment: e;problem: permutation;problem: two-and|line 3",
                "experiment: [e|line",
                "experiment: e;problem: permutation;construction: linear-permutation;parameters:;"
                        + "  inputs: 8;  width: 9;smallest-width: {tries: 2}|exclude each other",
                "experiment: e;problem: permutation;construction: linear-permutation;parameters: {inputs: 8};"
                        + "smallest-width: {trys: 2}|line 5: there is no key \"trys\" here; did you mean \"tries\"?",
                "experiment: e;problem: permutation;construction: [linear-permutation, dedicated];"
                        + "parameters: {inputs: 8};smallest-width: {tries: 2}|"
                        + "line 3: construction dedicated takes no width",
                "experiment: e;problem: permutation;construction: dedicated;plots: [succes]|"
                        + "line 4: there is no plot \"succes\"; did you mean \"success\"?",
                "experiment: e;\tproblem: permutation|line 2: while scanning for the next token: found character '\\t(TAB)'",
                "experiment: e;problem: 'permutation|found unexpected end of stream",
                "experiment: e;seeds: [1, 2|expected ',' or ']'",
                "experiment: e;problem: permutation;construction: dedicated;parameters:;  inputs: 8;cases:;"
                        + "  - {max-active: 1};  - {inputs: 16}|line 8: inputs is set in parameters and in cases",
                "experiment: e;problem: permutation;construction: dedicated;parameters:;  inputs: [8, 16, 2^3]|"
                        + "line 5: inputs gives one value twice",
                "experiment: e;problem: permutation;construction: [dedicated, dedicated];parameters: {inputs: 8}|"
                        + "line 3: construction gives one value twice",
                "experiment: e;problem: permutation;construction: dedicated;parameters: {inputs: 8};seeds: [1, 2, 01]|"
                        + "line 5: seeds gives one value twice",
                "experiment: e;problem: permutation;construction: dedicated;cases:;  - {inputs: 8};  - {inputs: 8}|"
                        + "line 6: this case is in the list twice",
                "- 1|line 1: an experiment must be a group of keys, not a list"
            })
    void aFaultIsNamedWithItsLineItsKeyAndWhatIsAllowed(String text, String complaint) {
        String message = assertThrows(
                        InvalidInputException.class, () -> files.read("e.yaml", text.replace(';', '\n') + "\n"))
                .getMessage();
        assertTrue(message.startsWith("e.yaml ") && message.contains(complaint), message);
    }

    @Test
    void aFileInAnotherEncodingIsNamedAsSuch(@TempDir Path folder) throws IOException {
        Path wide = folder.resolve("wide.yaml");
        Files.write(wide, "experiment: e\n".getBytes(StandardCharsets.UTF_16));
        String message = assertThrows(InvalidInputException.class, () -> files.text(wide))
                .getMessage();
        assertTrue(message.contains("wide.yaml is not UTF-8 text"), message);
    }

    @Test
    void aFileSaysWhichPlotsItsReportIsToHave() {
        Experiment experiment = files.read("e.yaml", """
                experiment: plotted
                problem: permutation
                construction: dedicated
                parameters: {inputs: 8}
                plots: [cost, width]
                """);
        assertEquals(List.of(ReportPlot.COST, ReportPlot.WIDTH), experiment.plots());
    }

    @Test
    void aFileCanAskForTheSmallestVerifiedWidth() {
        Experiment experiment = files.read("e.yaml", """
                experiment: smallest
                problem: permutation
                construction: linear-permutation
                parameters: {inputs: 32}
                smallest-width: {tries: 2, from: 16, up-to: 512, resolution: 0.1}
                """);
        assertEquals(1, labels(experiment, 1).size());
    }
}
