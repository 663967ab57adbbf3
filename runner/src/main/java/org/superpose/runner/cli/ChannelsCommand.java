package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.runner.channel.ChannelPicture;
import org.superpose.runner.channel.ChannelReader;
import org.superpose.runner.channel.ChannelReport;
import org.superpose.runner.channel.ChannelText;
import org.superpose.runner.cli.option.ExaminedModel;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.PictureTarget;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose channels}: which inputs share which hidden rows for which output, read out of the weights. */
@Command(
        name = "channels",
        description = "Reads the feature channels of a network out of its weights: for each output the inputs that"
                + " switch it, and the hidden rows that they share. Of a network made elsewhere, --truth and --problem may"
                + " be left out.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose channels net.superpose.zip",
            "  superpose channels model.onnx --output 3 --plot channels.svg"
        })
final class ChannelsCommand implements Callable<Integer> {
    /** Outputs that are looked at, unless one is chosen. */
    private static final int MOST_OUTPUTS = 4096;

    private final Console console;
    private final Workbench workbench;

    @Mixin
    private ExaminedModel model = new ExaminedModel();

    @Option(names = "--output", paramLabel = "I", description = "Looks at this output only, counted from 0.")
    private Integer output;

    @Option(
            names = "--most",
            paramLabel = "K",
            defaultValue = "16",
            description = "Looks for at most so many channels of each output (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = {"-o", "--plot"},
            converter = OutputPath.class,
            paramLabel = "FILE",
            description = "Draws the first channels into an .svg or .png file; - is standard output, as SVG.")
    private Path plot;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    ChannelsCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        if (most < 1) {
            throw new InvalidInputException("--most " + most + " must be at least 1");
        }
        PictureTarget picture = PictureTarget.checked(Optional.ofNullable(plot), replace, model.files());
        ExaminedModel.Examined examined = model.read(workbench, console::note);
        ChannelReport report = new ChannelReader(most, new Seed(0))
                .read(examined.network(), examined.domain(), outputs(examined), examined.truth());
        picture.draw(() ->
                        new ChannelPicture(examined.network(), report, examined.inputNames(), examined.outputNames()))
                .ifPresent(file -> console.note("the channels are drawn in " + file));
        ChannelText text = new ChannelText(report, examined.inputNames(), examined.outputNames());
        Console results = plot == null ? console : console.beside(plot);
        if (json.isSet()) {
            results.json(text.document());
        } else {
            text.lines().forEach(results::result);
        }
        return ExitStatus.DONE;
    }

    private int[] outputs(ExaminedModel.Examined examined) {
        int all = examined.network().outputs();
        if (output != null) {
            if (output < 0 || output >= all) {
                throw new InvalidInputException("--output " + output + " must be from 0 to " + (all - 1));
            }
            return new int[] {output};
        }
        if (all > MOST_OUTPUTS) {
            console.note(
                    "only the first " + MOST_OUTPUTS + " of " + all + " outputs are looked at; --output chooses one");
        }
        return IntStream.range(0, Math.min(all, MOST_OUTPUTS)).toArray();
    }
}
