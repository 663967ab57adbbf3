package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.interop.NetworkImporter;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.VacuousOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.workbench.NameWarnings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose import}: takes back a network that was changed or trained elsewhere, so that it can be verified. */
@Command(
        name = "import",
        description = "Reads a network from NPZ or safetensors, so that it can be verified here.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    private final Console console;
    private final NameWarnings names;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "An NPZ or safetensors file with the arrays of an export.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "NET.superpose.zip",
            description = "The network file to write; it appears in one step when it is complete.")
    private Path output;

    @Option(
            names = "--gate-function",
            paramLabel = "F",
            description = "What every gate computes, for a file that does not say it: and, parity, at-least(T),"
                    + " exactly(C), weighted(W,...;T), literals(and,+-...) or table(BITS).")
    private String gateFunction;

    @Mixin
    private VacuousOption vacuous = new VacuousOption();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Inject
    ImportCommand(Console console, NameWarnings names) {
        this.console = console;
        this.names = names;
    }

    @Override
    public Integer call() {
        replace.check("-o", output, ".superpose.zip", List.of(file));
        BuiltNetwork built = NetworkImporter.read(file, gateFunction(), this::sayIgnored);
        vacuous.check(built);
        names.check(built.instance());
        NetworkFile.write(output, built);
        console.summary(
                output,
                output + ": m = " + built.network().inputs() + ", m' = "
                        + built.network().outputs() + ", n = " + built.network().width() + ", digest "
                        + NetworkDigest.of(built).substring(0, 16));
        return ExitStatus.DONE;
    }

    private void sayIgnored(List<String> names) {
        if (!names.isEmpty()) {
            console.say("not part of the network, ignored: "
                    + names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                    + (names.size() > MOST_SHOWN ? ", and " + (names.size() - MOST_SHOWN) + " more" : ""));
        }
    }

    private Optional<GateFunction> gateFunction() {
        if (gateFunction == null) {
            return Optional.empty();
        }
        Optional<GateFunction> named = GateFunction.named(gateFunction);
        if (named.isEmpty()) {
            throw new InvalidInputException(
                    "--gate-function \"" + gateFunction + "\" is no function of gates: it must be"
                            + " and, parity, at-least(T), exactly(C), weighted(W,...;T), literals(and,+-...),"
                            + " literals(or,+-...) or table(BITS)");
        }
        return named;
    }
}
