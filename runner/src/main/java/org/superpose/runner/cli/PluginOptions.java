package org.superpose.runner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.superpose.runner.plugin.PluginFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The plugin folder that a command line asks for, read before anything else of it. */
@Command(name = "superpose")
final class PluginOptions {
    static final String NAME = "--plugin-dir";

    /** System property with the folder to use when none is asked for; it need not exist. The launcher sets it. */
    static final String DEFAULT_PROPERTY = "superpose.plugin.dir";

    @Option(names = NAME)
    private Path folder;

    private PluginOptions() {}

    /**
     * Loads the plugins of the folder.
     *
     * @throws org.superpose.core.InvalidInputException if the folder that is asked for does not exist
     */
    static PluginFolder folder(String... arguments) {
        PluginOptions options = new PluginOptions();
        try {
            new CommandLine(options).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
        } catch (CommandLine.ParameterException mistake) {
            return PluginFolder.NONE; // the command line proper reports it
        }
        ClassLoader parent = PluginOptions.class.getClassLoader();
        if (options.folder != null) {
            return PluginFolder.open(options.folder, parent);
        }
        String usual = System.getProperty(DEFAULT_PROPERTY);
        return usual != null && Files.isDirectory(Path.of(usual))
                ? PluginFolder.open(Path.of(usual), parent)
                : PluginFolder.NONE;
    }
}
