package org.superpose.runner.experiment.file;

import java.util.List;
import java.util.stream.Stream;

/** The keys of an experiment file, with what each of them says. */
public enum ExperimentKey {
    EXPERIMENT(
            "experiment", "required", "the name of the experiment in the results: lower-case words joined by hyphens"),
    TITLE("title", "\"Experiment\" and the name", "what stands at the top of the report"),
    PROBLEM("problem", "required", "the id of a problem"),
    CONSTRUCTION("construction", "required", "the id of a construction, or a list of them"),
    VERIFIER("verifier", "auto", "the id of a verifier"),
    SEEDS("seeds", "1", "how many seeds, counted from that of the run, or a list of seeds"),
    CASES("cases", "one case, of defaults", "a list of groups of parameters that go together"),
    PARAMETERS(
            "parameters", "their defaults", "a value for each parameter; a list of values is a dimension of the grid"),
    SMALLEST_WIDTH(
            "smallest-width",
            "the widths of the grid",
            "looks for the smallest verified width instead: a group of tries (3), from (8), up-to (64 times from) and"
                    + " resolution (0.01)"),
    BUDGET("budget", "no limit", "a group of max-seconds, max-inputs and samples, for each verification"),
    COLUMNS("columns", "all that differ", "the columns of the table, a list"),
    PLOTS("plots", "all that the rows allow", "the plots of the report, a list of their ids");

    private final String key;
    private final String otherwise;
    private final String meaning;

    ExperimentKey(String key, String otherwise, String meaning) {
        this.key = key;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** As it stands in the file. */
    public String key() {
        return key;
    }

    /** What holds where the key is missing, or {@code required}. */
    public String otherwise() {
        return otherwise;
    }

    /** What the key says, in words. */
    public String meaning() {
        return meaning;
    }

    static List<String> names() {
        return Stream.of(values()).map(ExperimentKey::key).toList();
    }
}
