package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.NetworkOptions;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.Seconds;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.workbench.KnownErrors;
import org.superpose.runner.workbench.NetworkMetrics;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.ShellWords;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose build}: draws an instance, builds a network for it, writes both into one file. */
@Command(
        name = "build",
        description =
                "Builds a network and writes it to a file; exit status 1 if the construction knows that inputs are"
                        + " left wrong.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose build --problem two-and --set inputs=1k --set outputs=1k --construction clipped-and"
                    + " --set width=240 -o net.superpose.zip",
            "  superpose build --problem permutation --set inputs=4k --construction clipped-permutation"
                    + " --set width=400 --max-seconds 5m -o net.superpose.zip"
        })
final class BuildCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--instance-seed",
            paramLabel = "N",
            description = "Seed of the instance, where it differs from the seed of the network.")
    private Long instanceSeed;

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            required = true,
            paramLabel = "NET.superpose.zip",
            description = "The file to write; it appears in one step when it is complete.")
    private Path output;

    @Option(
            names = "--max-seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description =
                    "Seconds, or a duration such as 90s or 1h, after which building gives up (default: no limit).")
    private double maxSeconds = Double.POSITIVE_INFINITY;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    BuildCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        NetworkRecipe recipe = network.recipe();
        replace.check("-o", output, ".superpose.zip", ReplaceOption.filesIn(recipe.assignments()));
        BuiltNetwork built =
                build(instanceSeed == null ? recipe : recipe.withInstanceSeed(new Seed(instanceSeed)), deadline());
        NetworkFile.write(output, built);
        String digest = NetworkDigest.of(built);
        if (json.isSet()) {
            Map<String, Object> document =
                    new LinkedHashMap<>(NetworkMetrics.of(built, workbench.declaredParameters(built))
                            .fields());
            document.put("file", output.toString());
            document.put("digest", digest);
            document.put("facts", built.network().provenance().facts());
            console.summary(output, document);
        } else {
            console.summary(
                    output,
                    output + ": " + recipe.problem() + " by " + recipe.construction() + ", m = "
                            + built.network().inputs() + ", m' = "
                            + built.network().outputs() + ", n = "
                            + built.network().width() + ", digest " + digest.substring(0, 16));
            built.plugins().files().forEach(file -> console.note("  plugin: " + file));
            built.network().provenance().facts().forEach((fact, value) -> console.note("  " + fact + ": " + value));
        }
        Optional<String> errors = KnownErrors.of(built.network().provenance());
        errors.ifPresent(known -> console.say(output + ": " + known + "; the file was written all the same"));
        if (errors.isEmpty() && !json.isSet() && !AtomicFile.isStandardOutput(output)) {
            console.next(ShellWords.join("superpose verify", List.of(output.toString())));
        }
        return errors.isPresent() ? ExitStatus.REFUTED : ExitStatus.DONE;
    }

    private BuiltNetwork build(NetworkRecipe recipe, Deadline deadline) {
        return ProgressDisplay.during(
                console, "building", display -> workbench.build(recipe, deadline.withProgress(display)));
    }

    @Override
    public Optional<String> kept() {
        return Optional.of(output + " was not written; building keeps nothing until it is done");
    }

    private Deadline deadline() {
        if (!(maxSeconds > 0)) {
            throw new InvalidInputException("--max-seconds " + maxSeconds + " must be a positive number");
        }
        return Deadline.in(maxSeconds);
    }
}
