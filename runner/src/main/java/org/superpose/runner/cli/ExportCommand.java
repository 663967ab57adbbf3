package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.interop.NetworkExporter;
import org.superpose.interop.OnnxExporter;
import org.superpose.interop.truth.NetworkTruth;
import org.superpose.interop.truth.SyntheticModelFiles;
import org.superpose.interop.truth.TruthFiles;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.workbench.Assignments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose export}: writes a network for tools that do not know Java. */
@Command(
        name = "export",
        description = "Writes a network as NPZ, safetensors or ONNX, or what is true of it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose export net.superpose.zip -o net.onnx --with-codec",
            "  superpose export net.superpose.zip --truth -o truth"
        })
final class ExportCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "npz, safetensors or onnx (without it the ending of FILE decides); or saelens, the files of a synthetic"
                            + " model of SAELens in a folder.")
    private String format;

    @Option(
            names = "--truth",
            description = "Writes truth.npz, edges.csv and granularity.json into the folder that -o names.")
    private boolean truth;

    @Option(
            names = "--with-codec",
            description = "Makes an ONNX file a complete model, from input features to output features.")
    private boolean withCodec;

    @Option(
            names = "--layer",
            paramLabel = "T",
            description = "The activations whose features a synthetic model of SAELens has (default: 0).")
    private Integer layer;

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            required = true,
            paramLabel = "FILE",
            description = "The file to write; it appears in one step when it is complete.")
    private Path output;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Inject
    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (truth) {
            if (format != null) {
                throw new InvalidInputException(
                        "give either --format, for the network, or --truth, for what is true of it");
            }
            return writeTruth();
        }
        String format = this.format == null ? formatOfEnding() : this.format;
        if (format.equals(SyntheticModelFiles.FORMAT)) {
            return writeSyntheticModel();
        }
        if (layer != null) {
            throw new InvalidInputException("--layer goes with --format " + SyntheticModelFiles.FORMAT + " alone");
        }
        NetworkExporter exporter = NetworkExporter.catalog().require(format);
        Assignments assignments =
                withCodec ? Assignments.NONE.with(OnnxExporter.WITH_CODEC.name(), true) : Assignments.NONE;
        assignments.requireDeclaredBy(exporter);
        ParameterValues options = assignments.of("export format", exporter);
        replace.check("-o", output, exporter.extension(), List.of(file.path()));
        BuiltNetwork built = file.read();
        exporter.export(built, options, output);
        console.summary(output, output + ": " + exporter.title());
        return ExitStatus.DONE;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of(
                truth || SyntheticModelFiles.FORMAT.equals(format)
                        ? "the folder " + output + " may hold a part of the files"
                        : output + " was not written");
    }

    /** The format whose files end as the name behind -o does. */
    private String formatOfEnding() {
        String name = output.toString();
        return NetworkExporter.catalog().plugins().stream()
                .filter(each -> name.endsWith(each.extension()))
                .map(NetworkExporter::id)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("-o " + name + ": the ending is not one of "
                        + NetworkExporter.catalog().plugins().stream()
                                .map(NetworkExporter::extension)
                                .collect(Collectors.joining(", "))
                        + "; name the format with --format, or ask for --truth"));
    }

    /** Makes the folder that -o names, and insists that the files may be written there. */
    private void prepareFolder(String... names) {
        try {
            Files.createDirectories(output);
        } catch (IOException failure) {
            throw new InvalidInputException("-o " + output + ": cannot be used as a folder (" + failure + ")", failure);
        }
        for (String name : names) {
            String ending = name.substring(name.lastIndexOf('.'));
            replace.check("-o", output.resolve(name), ending, List.of(file.path()));
        }
    }

    private int writeSyntheticModel() {
        NetworkTruth truth = NetworkTruth.of(file.read());
        int state = layer == null ? 0 : layer;
        if (state < 0 || state >= truth.states()) {
            throw new InvalidInputException("--layer " + state
                    + " is not there: the network has the activations of 0 to " + (truth.states() - 1));
        }
        prepareFolder(SyntheticModelFiles.CONFIG, SyntheticModelFiles.WEIGHTS);
        SyntheticModelFiles.write(truth, state, output);
        console.result(output + ": the features of activations." + state + " as a synthetic model of SAELens");
        return ExitStatus.DONE;
    }

    private int writeTruth() {
        prepareFolder(TruthFiles.TRUTH, TruthFiles.EDGES, TruthFiles.GRANULARITY, TruthFiles.TARGETS);
        TruthFiles.write(NetworkTruth.of(file.read()), TruthFiles.Rotations.NONE, List.of(), output);
        console.result(output + ": features, directions, channels and edges of the network");
        return ExitStatus.DONE;
    }
}
