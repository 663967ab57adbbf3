package org.superpose.runner.cli.option;

import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.runner.cli.output.VerdictText;
import picocli.CommandLine.Option;

/** {@code --allow-vacuous}: what is proved of a map that never changes says nothing, so it has to be asked for. */
public final class VacuousOption {
    @Option(
            names = "--allow-vacuous",
            description = "Takes a network also where no output can change on any allowed input, so that a proof says"
                    + " next to nothing; refused without it.")
    private boolean allowed;

    /**
     * Insists that some output can change, unless the option is given.
     *
     * @throws InvalidInputException if none can; the message says how many active features it would take
     */
    public void check(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        if (allowed || instance.canChange()) {
            return;
        }
        OptionalInt needed = instance.leastMaxActive();
        throw new InvalidInputException(VerdictText.vacuity(instance).orElseThrow() + " on inputs with "
                + instance.domain()
                + (needed.isPresent() ? ": max-active must be at least " + needed.getAsInt() : "")
                + "; --allow-vacuous takes the network all the same");
    }
}
