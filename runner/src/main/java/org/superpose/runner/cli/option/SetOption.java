package org.superpose.runner.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.superpose.runner.workbench.Assignments;
import picocli.CommandLine.Option;

/** {@code --set NAME=VALUE}, as often as wanted. */
public final class SetOption {
    @Option(
            names = {"-s", "--set"},
            completionCandidates = Completion.Assignments.class,
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter; \"superpose list\" names them.")
    private List<String> assignments = new ArrayList<>();

    public Assignments assignments() {
        return Assignments.parse(assignments);
    }
}
