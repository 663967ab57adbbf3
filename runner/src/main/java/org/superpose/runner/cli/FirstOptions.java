package org.superpose.runner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.superpose.runner.plugin.PluginFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say which plugins there are and how the console looks, read before anything else. */
@Command(name = "superpose")
final class FirstOptions {
    static final String NAME = "--plugin-dir";

    /** System property with the folder to use when none is asked for; it need not exist. The launcher sets it. */
    static final String DEFAULT_PROPERTY = "superpose.plugin.dir";

    /** Names a verifier that {@code auto} may take though it is not core's. */
    static final String TRUST = "--trust-verifier";

    /** Says when verdicts are coloured. */
    static final String COLOR = "--color";

    /** Leaves out what is neither a result nor a warning. */
    static final String QUIET = "--quiet";

    static final String QUIET_LETTER = "-q";

    /** When verdicts are coloured. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** Narrower than this picocli sets no help; beyond the other lines are hard to read. */
    private static final int LEAST_HELP_WIDTH = 55;

    private static final int MOST_HELP_WIDTH = 120;

    @Option(names = COLOR)
    private Colour color = Colour.AUTO;

    @Option(names = {QUIET_LETTER, QUIET})
    private boolean quiet;

    @Option(names = NAME)
    private Path folder;

    @Option(names = TRUST)
    private List<String> trusted = new ArrayList<>();

    private FirstOptions() {}

    static FirstOptions of(String... arguments) {
        FirstOptions options = new FirstOptions();
        try {
            new CommandLine(options)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUnmatchedArgumentsAllowed(true)
                    .parseArgs(arguments);
            return options;
        } catch (CommandLine.ParameterException mistake) {
            return new FirstOptions(); // the command line proper reports it
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
                terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && canMoveTheCursor(environment);
        };
    }

    /** Whether a terminal understands more than lines, by TERM. */
    static boolean canMoveTheCursor(Map<String, String> environment) {
        return !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** The width in which help is set, by COLUMNS; empty where the environment does not say it. */
    static OptionalInt helpWidth(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{1,4}")
                ? OptionalInt.of(Math.max(LEAST_HELP_WIDTH, Math.min(MOST_HELP_WIDTH, Integer.parseInt(columns))))
                : OptionalInt.empty();
    }

    /** Whether nothing but results, warnings and errors is wanted. */
    boolean isQuiet() {
        return quiet;
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
        ClassLoader parent = FirstOptions.class.getClassLoader();
        if (folder != null) {
            return PluginFolder.open(folder, parent);
        }
        String usual = System.getProperty(DEFAULT_PROPERTY);
        return usual != null && Files.isDirectory(Path.of(usual))
                ? PluginFolder.open(Path.of(usual), parent)
                : PluginFolder.NONE;
    }
}
