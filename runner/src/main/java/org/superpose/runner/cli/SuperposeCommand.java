package org.superpose.runner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code superpose}; all work is in its subcommands. */
@Command(
        name = "superpose",
        description = "Builds ReLU networks that compute in superposition, verifies them on every allowed input,"
                + " and measures how close they come to the information limit.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done (verify: VERIFIED)",
            "1:REFUTED",
            "2:wrong use or bad input",
            "3:UNDECIDED",
            "4:internal error, or a unit of a run failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose run quickstart",
            "  superpose build --problem two-and --set inputs=256 --set outputs=256 --construction clipped-and"
                    + " --set width=96 -o net.superpose.zip",
            "  superpose verify net.superpose.zip"
        })
final class SuperposeCommand {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Shows the stack trace when something goes wrong.")
    boolean verbose;

    @Option(
            names = {FirstOptions.QUIET_LETTER, FirstOptions.QUIET},
            scope = ScopeType.INHERIT,
            description = "Prints results, warnings and errors only: no progress, no remarks, no next steps.")
    private boolean quiet;

    @Option(
            names = FirstOptions.COLOR,
            scope = ScopeType.INHERIT,
            paramLabel = "WHEN",
            description =
                    "Colours verdicts: always, never, or auto, on a terminal unless NO_COLOR is set or TERM is dumb"
                            + " (default: auto).")
    private FirstOptions.Colour color;

    // Read by FirstOptions before the commands are made, because what is found there decides what they can do.
    @Option(
            names = FirstOptions.NAME,
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "Folder whose jars are loaded as plugins (default: plugins/ beside the launcher, if it is there).")
    private Path pluginDir;

    @Option(
            names = FirstOptions.TRUST,
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Lets auto take this verifier of a plugin; may be given several times. Without it auto takes"
                    + " none but Superpose's own.")
    List<String> trustedVerifiers = new ArrayList<>();

    /** The folder that a command was given by {@code --plugin-dir}, or empty. */
    static Optional<Path> pluginDir(CommandSpec spec) {
        return spec.root().userObject() instanceof SuperposeCommand root
                ? Optional.ofNullable(root.pluginDir)
                : Optional.empty();
    }
}
