package org.superpose.runner.cli.option;

import org.superpose.runner.workbench.NetworkRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a network is built from. */
public final class NetworkOptions {
    @Mixin
    private ProblemOptions problem = new ProblemOptions();

    @Option(
            names = "--construction",
            completionCandidates = Completion.Constructions.class,
            required = true,
            paramLabel = "C",
            description = "Id of the construction.")
    private String construction;

    /** With one seed for instance and network. */
    public NetworkRecipe recipe() {
        return NetworkRecipe.of(problem.problem(), construction, problem.assignments(), problem.seed());
    }
}
