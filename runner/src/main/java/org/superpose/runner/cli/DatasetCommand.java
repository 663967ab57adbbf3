package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.SeedOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.dataset.ProfileFile;
import org.superpose.runner.workbench.ShellWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose dataset}: activations with the true features beside them, for sparse autoencoders and probes. */
@Command(
        name = "dataset",
        description = "Writes the activations of every layer for sampled inputs, with the true features beside them.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose dataset net.superpose.zip --samples 10k --truth -o data",
            "  superpose dataset net.superpose.zip --samples 1k --near-gates 0.9 -o data"
        })
final class DatasetCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(names = "--samples", required = true, paramLabel = "N", description = "How many inputs to sample.")
    private int samples;

    @Option(
            names = "--near-gates",
            paramLabel = "F",
            defaultValue = "0.5",
            description =
                    "Share of inputs, 0..1, that contain everything some output reads (default: ${DEFAULT-VALUE}).")
    private double nearGates;

    @Option(
            names = "--truth",
            description = "Writes the truth beside the samples: truth.npz, edges.csv and granularity.json.")
    private boolean truth;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "YAML file that says how inputs are drawn; takes the place of --near-gates.")
    private Path profile;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            required = true,
            paramLabel = "DIR",
            description = "The folder to write to.")
    private Path output;

    @Inject
    DatasetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of(output + " holds a part of the data; the same command writes it anew");
    }

    @Override
    public Integer call() {
        DatasetRequest request = new DatasetRequest(
                samples, seed.seed(), nearGates, Optional.ofNullable(profile).map(ProfileFile::read), truth);
        BuiltNetwork built = file.read();
        try (ProgressDisplay progress = ProgressDisplay.on(console, "writing activations")) {
            ActivationDataset.write(built, new KernelEvaluator(built.network()), request, output, progress);
        }
        console.result(output + ": " + samples + " inputs with the activations of every layer"
                + (truth ? " and the truth" : ""));
        if (truth) {
            console.next(ShellWords.join("superpose score sae", List.of(output.toString())) + " WEIGHTS --layer 1");
        }
        return ExitStatus.DONE;
    }
}
