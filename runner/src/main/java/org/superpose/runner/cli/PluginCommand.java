package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.plugin.PluginProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose plugin}: what plugin authors need. */
@Command(
        name = "plugin",
        description = "Starts a plugin of your own.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "new",
        footerHeading = "%nExamples:%n",
        footer = "  superpose plugin new --id my-problem --package com.example my-problem",
        subcommands = PluginCommand.New.class)
final class PluginCommand implements Callable<Integer> {
    /** Without a subcommand there is nothing to do. */
    @Override
    public Integer call() {
        throw new InvalidInputException(
                "plugin needs a subcommand: superpose plugin new --id ID --package PACKAGE DIR");
    }

    /** {@code superpose plugin new}: writes a project that builds and passes its tests. */
    @Command(
            name = "new",
            description =
                    "Writes a Maven project with a problem, a construction, an experiment and their contract tests.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  superpose plugin new --id my-problem --package com.example my-problem")
    static final class New implements Callable<Integer> {
        private final Console console;

        @Option(
                names = "--id",
                required = true,
                paramLabel = "ID",
                description = "Id of the problem: lower-case words joined by hyphens.")
        private String id;

        @Option(
                names = "--package",
                required = true,
                paramLabel = "PACKAGE",
                description = "Java package, such as com.example.")
        private String packageName;

        @Parameters(index = "0", paramLabel = "DIR", description = "Folder to write; empty, or not there yet.")
        private Path folder;

        @Inject
        New(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            new PluginProject(id, packageName).write(folder).forEach(file -> console.result(file.toString()));
            console.note("The project builds as it is: see " + folder.resolve("README.md") + ".");
            return ExitStatus.DONE;
        }
    }
}
