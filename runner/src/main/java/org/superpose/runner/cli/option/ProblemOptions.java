package org.superpose.runner.cli.option;

import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Assignments;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an instance of a problem is drawn from. */
public final class ProblemOptions {
    @Option(
            names = "--problem",
            completionCandidates = Completion.Problems.class,
            required = true,
            paramLabel = "P",
            description = "Id of the problem.")
    private String problem;

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    public String problem() {
        return problem;
    }

    public Assignments assignments() {
        return set.assignments();
    }

    public Seed seed() {
        return seed.seed();
    }
}
