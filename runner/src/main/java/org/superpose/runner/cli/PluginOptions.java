package org.superpose.runner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.superpose.runner.plugin.PluginFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The plugins that a command line asks for, read before anything else of it. */
@Command(name = "superpose")
final class PluginOptions {
    static final String NAME = "--plugin-dir";

    /** System property with the folder to use when none is asked for; it need not exist. The launcher sets it. */
    static final String DEFAULT_PROPERTY = "superpose.plugin.dir";

    /** Names a verifier that {@code auto} may take though it is not core's. */
    static final String TRUST = "--trust-verifier";

    /** Says when verdicts are coloured. */
    static final String COLOR = "--color";

    /** When verdicts are coloured. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(names = COLOR)
    private Colour color = Colour.AUTO;

    @Option(names = NAME)
    private Path folder;

    @Option(names = TRUST)
    private List<String> trusted = new ArrayList<>();

    private PluginOptions() {}

    static PluginOptions of(String... arguments) {
        PluginOptions options = new PluginOptions();
        try {
            new CommandLine(options)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUnmatchedArgumentsAllowed(true)
                    .parseArgs(arguments);
            return options;
        } catch (CommandLine.ParameterException mistake) {
            return new PluginOptions(); // the command line proper reports it
        }
    }

    /**
     * Whether verdicts are coloured.
     *
     * @param terminal whether standard output is a terminal
     * @param environment the variables of the process, of which NO_COLOR and TERM are looked at
     */
    boolean colours(boolean terminal, Map<String, String> environment) {
        return switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        };
    }

    /** The ids of verifiers that {@code auto} may take though they are not core's. */
    List<String> trusted() {
        return trusted;
    }

    /**
     * Loads the plugins of the folder.
     *
     * @throws org.superpose.core.InvalidInputException if the folder that is asked for does not exist
     */
    PluginFolder folder() {
        ClassLoader parent = PluginOptions.class.getClassLoader();
        if (folder != null) {
            return PluginFolder.open(folder, parent);
        }
        String usual = System.getProperty(DEFAULT_PROPERTY);
        return usual != null && Files.isDirectory(Path.of(usual))
                ? PluginFolder.open(Path.of(usual), parent)
                : PluginFolder.NONE;
    }
}
