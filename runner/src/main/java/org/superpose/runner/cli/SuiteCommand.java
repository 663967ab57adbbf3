package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.ThreadsOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.suite.Suite;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose suite}: verified networks with truth, data, proofs, cards and baseline scores. */
@Command(
        name = "suite",
        description = "Makes " + Suite.NAME + ": verified networks, each with its truth, data, a proof, a card and the"
                + " scores of baselines.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose suite suite --quick", "  superpose suite suite --threads 2"})
final class SuiteCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;

    @Parameters(paramLabel = "DIR", description = "An empty folder, or one that is made.")
    private Path folder;

    @Option(names = "--quick", description = "A few small networks with little data, in less than two minutes.")
    private boolean quick;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Inject
    SuiteCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of(folder + " holds the networks that were done; the suite is made in an empty folder");
    }

    @Override
    public Integer call() {
        if (!threads.isInRange()) {
            throw new InvalidInputException("--threads " + threads.number() + " must be from 1 to 4096");
        }
        VerificationBudget budget = VerificationBudget.unlimited().withThreads(threads.number());
        try (ProgressDisplay progress = ProgressDisplay.on(console, "making the suite")) {
            Suite.make(workbench, folder, quick, budget, progress, console::note);
        }
        console.result(folder + ": " + Suite.NAME + (quick ? ", the quick part" : ""));
        return ExitStatus.DONE;
    }
}
