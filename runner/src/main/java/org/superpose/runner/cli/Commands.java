package org.superpose.runner.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of {@code superpose}, in the order of the help. Only those that a command line names are loaded: the
 * rest is known by name and description, which is enough for the help and for suggestions.
 */
final class Commands {
    static final List<Class<?>> ALL = List.of(
            ListCommand.class,
            RunCommand.class,
            ResultsCommand.class,
            ReportCommand.class,
            BuildCommand.class,
            VerifyCommand.class,
            ProveCommand.class,
            AuditCommand.class,
            SearchCommand.class,
            FrontierCommand.class,
            GalleryCommand.class,
            ReplayCommand.class,
            BoundsCommand.class,
            PluginCommand.class,
            InspectCommand.class,
            ChannelsCommand.class,
            TraceCommand.class,
            ExploreCommand.class,
            CompareCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            DatasetCommand.class,
            ScoreCommand.class,
            SuiteCommand.class,
            MutantsCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            DoctorCommand.class);

    /** Commands that answer at once and start no other threads before they do. */
    private static final Set<String> QUICK = Set.of("list", "bounds", "doctor", "explain", "completion");

    private Commands() {}

    /** The commands whose names are among the arguments; all of them if arguments may come from a file. */
    static List<Class<?>> namedIn(String... arguments) {
        List<String> words = List.of(arguments);
        boolean hidden = words.stream().anyMatch(word -> word.startsWith("@"));
        return ALL.stream()
                .filter(command -> hidden || words.contains(description(command).name()))
                .toList();
    }

    /** Whether all commands that the arguments name answer at once. */
    static boolean areQuick(String... arguments) {
        return namedIn(arguments).stream()
                .allMatch(command -> QUICK.contains(description(command).name()));
    }

    /** Adds all commands; those that are not to be loaded have no options. */
    static void addTo(CommandLine line, CommandLine.IFactory factory, List<Class<?>> loaded) {
        for (Class<?> command : ALL) {
            line.addSubcommand(
                    loaded.contains(command)
                            ? new CommandLine(command, factory)
                            : new CommandLine(outline(description(command))));
        }
        line.addSubcommand(new CommandLine(new CommandLine.HelpCommand()));
    }

    private static Command description(Class<?> command) {
        return command.getAnnotation(Command.class);
    }

    private static CommandSpec outline(Command command) {
        CommandSpec outline = CommandSpec.create().name(command.name());
        outline.usageMessage().description(command.description());
        return outline;
    }
}
