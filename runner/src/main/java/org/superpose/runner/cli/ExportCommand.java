package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.interop.NetworkExporter;
import org.superpose.interop.OnnxExporter;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.workbench.Assignments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose export}: writes a network for tools that do not know Java. */
@Command(
        name = "export",
        description = "Writes a network as NPZ, safetensors or ONNX.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(names = "--format", required = true, paramLabel = "F", description = "npz, safetensors or onnx.")
    private String format;

    @Option(
            names = "--with-codec",
            description = "Makes an ONNX file a complete model, from input features to output features.")
    private boolean withCodec;

    @Option(
            names = {"-o", "--output"},
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
}
