package org.superpose.runner.reference;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.cli.Main;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.file.ExperimentKey;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference pages of {@code docs/reference}, from the declarations of commands, parameters and keys. */
final class ReferencePages {
    private static final String NOTE = """

            Made from the declarations; `ReferencePagesTest` compares the two. Renew it with

                mvn -pl runner -am test -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false \\
                    -Dsuperpose.reference.write=true
            """;

    private ReferencePages() {}

    /** The pages by the names of their files. */
    static Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("commands.md", commands());
        pages.put("parameters.md", parameters());
        pages.put("experiment-files.md", experimentFiles());
        return pages;
    }

    private static String commands() {
        StringBuilder page = new StringBuilder("""
                # Commands

                Every command with its options, to look something up. `superpose COMMAND --help` says the same.
                """).append(NOTE);
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        append(page, Main.commands(new Console(nowhere, nowhere, false)).getCommandSpec());
        return page.toString();
    }

    private static void append(StringBuilder page, CommandSpec command) {
        if (command.usageMessage().hidden()) {
            return;
        }
        page.append("\n## ").append(command.qualifiedName()).append("\n\n");
        page.append(wrapped(text(command.usageMessage().description()))).append('\n');
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec position : command.positionalParameters()) {
            if (!position.hidden()) {
                rows.add(row("`" + cell(position.paramLabel()) + "`", text(position.description())));
            }
        }
        for (OptionSpec option : command.options()) {
            boolean everywhere = option.inherited() && command.parent() != null;
            if (!option.hidden() && !everywhere && !option.usageHelp() && !option.versionHelp()) {
                rows.add(row(names(option), text(option.description())));
            }
        }
        if (!rows.isEmpty()) {
            page.append("| | |\n|---|---|\n");
            rows.forEach(row -> page.append(row).append('\n'));
        }
        command.subcommands().values().stream()
                .distinct()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !(each.userObject() instanceof CommandLine.HelpCommand))
                .forEach(each -> append(page, each));
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return List.of(option.names()).stream()
                .map(name -> "`" + cell(name + label) + "`")
                .collect(Collectors.joining(", "));
    }

    private static String parameters() {
        StringBuilder page = new StringBuilder("""
                # Parameters

                What problems, constructions, verifiers and experiments are called, and the parameters that \
                `--set` and the
                keys of an experiment file give them. `superpose list` says the same, with the plugins of your folder.
                """).append(NOTE);
        append(page, "Problems", Catalog.load("problem", Problem.class, loader()));
        append(page, "Constructions", Catalog.load("construction", Construction.class, loader()));
        append(page, "Verifiers", Catalog.load("verifier", Verifier.class, loader()));
        append(page, "Experiments", Catalog.load("experiment", Experiment.class, loader()));
        return page.toString();
    }

    private static ClassLoader loader() {
        return ReferencePages.class.getClassLoader();
    }

    private static void append(StringBuilder page, String title, Catalog<? extends Plugin> catalog) {
        page.append("\n## ").append(title).append('\n');
        for (Catalog.Entry<? extends Plugin> entry : catalog.entries()) {
            if (place(entry.plugin().getClass()).equals(place(ReferencePages.class))) {
                continue; // made for a test
            }
            page.append("\n### ").append(entry.plugin().id()).append("\n\n");
            page.append(wrapped(entry.plugin().title() + "."));
            List<Parameter<?>> parameters = List.copyOf(entry.plugin().parameters());
            if (!parameters.isEmpty()) {
                page.append("\n| parameter | meaning | values | default |\n|---|---|---|---|\n");
                for (Parameter<?> each : parameters) {
                    page.append(row(
                                    "`" + each.name() + "`",
                                    cell(each.help()),
                                    cell(each.type().range()),
                                    cell(each.describeDefault())))
                            .append('\n');
                }
            }
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static String experimentFiles() {
        StringBuilder page =
                new StringBuilder("""
                # Experiment files

                The keys of a YAML or JSON file that describes a sweep. [experiments.md](../experiments.md) \
                has an example.
                """).append(NOTE).append("\n| key | meaning | without it |\n|---|---|---|\n");
        for (ExperimentKey key : ExperimentKey.values()) {
            page.append(row("`" + key.key() + "`", cell(key.meaning()), cell(key.otherwise())))
                    .append('\n');
        }
        return page.toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** A paragraph in lines of at most 120 columns, each with its line end. */
    private static String wrapped(String paragraph) {
        return paragraph.replaceAll("(.{1,120})( +|$)", "$1\n");
    }

    private static String text(String[] lines) {
        return cell(String.join(" ", lines).replace("%n", " ").replace("%%", "%"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .replace("<", "&lt;")
                .strip();
    }
}
