package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Table;
import org.superpose.interop.NetworkImporter;
import org.superpose.interop.foreign.ForeignNetwork;
import org.superpose.runner.cli.option.IgnoredNames;
import org.superpose.runner.cli.option.MapOptions;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.TruthOptions;
import org.superpose.runner.cli.option.VacuousOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.workbench.NameWarnings;
import org.superpose.runner.workbench.ShellWords;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code superpose import}: takes a network that was changed, trained or made elsewhere, so that it can be verified
 * here.
 */
@Command(
        name = "import",
        description = "Reads a network from ONNX, safetensors or NPZ, so that it can be verified here.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose import changed.safetensors -o net.superpose.zip",
            "  superpose import model.onnx --truth pairs.csv --max-active 2 -o net.superpose.zip"
        })
final class ImportCommand implements Callable<Integer> {
    private final Console console;
    private final NameWarnings names;
    private final Workbench workbench;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "An ONNX, safetensors or NPZ file: an export of ours, or a network made elsewhere.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
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
    private MapOptions map = new MapOptions();

    @Mixin
    private TruthOptions truth = new TruthOptions();

    @Mixin
    private VacuousOption vacuous = new VacuousOption();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Inject
    ImportCommand(Console console, NameWarnings names, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
        this.names = names;
    }

    @Override
    public Integer call() {
        replace.check("-o", output, ".superpose.zip", filesRead());
        boolean elsewhere = map.isGiven() || !NetworkImporter.isExport(file);
        BuiltNetwork built = elsewhere ? madeElsewhere() : ours();
        vacuous.check(built);
        names.check(built.instance());
        NetworkFile.write(output, built);
        console.summary(
                output,
                output + ": m = " + built.network().inputs() + ", m' = "
                        + built.network().outputs() + ", n = " + built.network().width() + embedding(built)
                        + ", digest "
                        + NetworkDigest.of(built).substring(0, 16));
        if (!AtomicFile.isStandardOutput(output)) {
            console.next(ShellWords.join("superpose verify", List.of(output.toString())));
        }
        return ExitStatus.DONE;
    }

    private List<Path> filesRead() {
        List<Path> read = new ArrayList<>(truth.files());
        read.add(file);
        map.map().ifPresent(read::add);
        return read;
    }

    private BuiltNetwork ours() {
        truth.requireNone(file);
        return NetworkImporter.read(file, gateFunction(), this::sayIgnored);
    }

    private BuiltNetwork madeElsewhere() {
        if (gateFunction != null) {
            throw new InvalidInputException(file + ": is a network made elsewhere, without gates: say what it should"
                    + " compute with --problem or --truth, not with --gate-function");
        }
        TruthOptions.Subject subject = truth.read(file, map.settings(), workbench);
        ForeignNetwork network = subject.network();
        console.note(network.recognised());
        network.notes().forEach(console::say);
        sayIgnored(network.ignored());
        ProblemInstance instance = subject.truth()
                .instance()
                .orElseThrow(() -> new InvalidInputException("this truth table cannot be written as gates of at most "
                        + Table.MAX_FAN_IN + " features, which a network file has to hold; superpose audit takes it"));
        return network.against(instance);
    }

    /** For example {@code , embedding 24}: the width of a linear encoder, which n does not count. */
    private static String embedding(BuiltNetwork built) {
        OptionalInt width = built.network().embeddingWidth();
        return width.isPresent() ? ", embedding " + width.getAsInt() : "";
    }

    private void sayIgnored(List<String> names) {
        if (!names.isEmpty()) {
            console.say(IgnoredNames.text(names));
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
