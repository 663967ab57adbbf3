package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.interop.foreign.ForeignNetwork;
import org.superpose.interop.foreign.ForeignNetworkReader;
import org.superpose.interop.foreign.ImportSettings;
import org.superpose.runner.foreign.Truth;
import org.superpose.runner.foreign.TruthFile;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a network should compute, if its file does not say it. */
public final class TruthOptions {
    @Option(
            names = "--problem",
            paramLabel = "P",
            description = "What the network should compute: a problem, with --set.")
    private String problem;

    @Mixin
    private SetOption set = new SetOption();

    /** What --set says of the problem; null until an engine has taken what is its own. */
    private Assignments ofProblem;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "What the network should compute: a CSV file with the header first,second (pairs of features,"
                    + " by index from 0 or by name) or output,formula; a PLA file; or a truth table in NPZ.")
    private Path truth;

    @Option(names = "--max-active", paramLabel = "V", description = "The largest number of active features.")
    private Integer maxActive;

    @Option(names = "--min-active", paramLabel = "U", description = "The smallest number of active features.")
    private Integer minActive;

    /** A network of another tool and what it should compute. */
    public record Subject(ForeignNetwork network, Truth truth) {}

    /** Whether something is said. */
    public boolean isGiven() {
        return problem != null || truth != null;
    }

    /**
     * Insists that nothing is said of a network whose file says it.
     *
     * @throws InvalidInputException if an option is given
     */
    public void requireNone(Path file) {
        if (isGiven() || maxActive != null || minActive != null) {
            throw new InvalidInputException(file + ": says itself what the network should compute:"
                    + " --problem, --truth, --max-active and --min-active are for networks made elsewhere");
        }
    }

    /**
     * Gives an engine those of the assignments that are its settings; the others are of the problem.
     *
     * @throws InvalidInputException if a value is not allowed
     */
    public ExecutionEngine engine(ExecutionEngine engine, Optional<Path> pluginFolder) {
        ChosenEngine chosen = ChosenEngine.of(engine, set.assignments(), pluginFolder);
        ofProblem = chosen.others();
        return chosen.engine();
    }

    private Assignments assignments() {
        return ofProblem == null ? set.assignments() : ofProblem;
    }

    /** The files that are read. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(ReplaceOption.filesIn(assignments()));
        if (truth != null) {
            files.add(truth);
        }
        return files;
    }

    /**
     * Reads a network and what it should compute.
     *
     * @throws InvalidInputException if one of them is broken, nothing or too much is said, or they are of different
     *     sizes
     */
    public Subject read(Path file, ImportSettings settings, Workbench workbench) {
        requireOne(file);
        Subject subject;
        if (truth == null || new TruthFile(workbench, truth).knowsFeatures()) {
            subject = read(file, settings, truth(OptionalInt.empty(), workbench));
        } else {
            ForeignNetwork network = ForeignNetworkReader.read(file, settings);
            subject = new Subject(network, truth(OptionalInt.of(network.features()), workbench));
        }
        subject.network()
                .requireSize(
                        subject.truth().domain().features(), subject.truth().outputs());
        return subject;
    }

    private void requireNotBoth() {
        if (problem != null && truth != null) {
            throw new InvalidInputException("--problem " + problem + " and --truth " + truth
                    + " both say what the network should compute: give one of them");
        }
    }

    private void requireOne(Path file) {
        requireNotBoth();
        if (!isGiven()) {
            throw new InvalidInputException(
                    file + ": is a network made elsewhere: say what it should compute, either with"
                            + " --problem and --set or with --truth FILE and --max-active");
        }
        if (problem == null && !assignments().values().isEmpty()) {
            throw new InvalidInputException("--set is for --problem, but the truth is in " + truth);
        }
    }

    /**
     * What a network should compute.
     *
     * @param features m, where the network says it
     */
    public Truth truth(OptionalInt features, Workbench workbench) {
        requireNotBoth();
        return truth == null
                ? new Truth.OfInstance(ofProblem(workbench))
                : new TruthFile(workbench, truth).read(features, of(minActive), of(maxActive));
    }

    /**
     * The inputs of a file that says them, with the bounds that are given in the place of its own.
     *
     * @throws InvalidInputException if a bound is out of its range
     */
    public InputDomain bounded(InputDomain inside) {
        try {
            InputDomain most = maxActive == null
                    ? inside
                    : inside.withMinActive(Math.min(inside.minActive(), maxActive))
                            .withMaxActive(maxActive);
            return minActive == null ? most : most.withMinActive(minActive);
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidInputException("--" + outOfRange.getMessage(), outOfRange);
        }
    }

    private static Subject read(Path file, ImportSettings settings, Truth truth) {
        ImportSettings sized = settings.withSize(truth.domain().features(), truth.outputs());
        return new Subject(ForeignNetworkReader.read(file, sized), truth);
    }

    private ProblemInstance ofProblem(Workbench workbench) {
        ProblemInstance drawn = workbench.instance(problem, assignments(), seed.seed());
        return drawn.with(bounded(drawn.domain()));
    }

    private static OptionalInt of(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
