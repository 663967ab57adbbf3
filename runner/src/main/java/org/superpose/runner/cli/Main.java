package org.superpose.runner.cli;

import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.OptionalBinder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.file.WriteFailedException;
import org.superpose.core.plugin.PluginException;
import org.superpose.core.plugin.PluginSource;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.interop.tensor.PickledModelException;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.cli.option.Count;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.run.Planner;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.text.Printable;
import org.superpose.runner.workbench.NameWarnings;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the command line; the only place that ends the process. */
public final class Main {
    /** System property with the configuration of the log. */
    private static final String LOG = "logback.configurationFile";

    /** System property of the launcher: whether standard output is a terminal, which Java cannot tell. */
    private static final String TERMINAL = "superpose.terminal";

    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        setUpLog(Commands.areQuick(arguments));
        StandardOutput results = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        Console console = new Console(
                new PrintWriter(results, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, false, StandardCharsets.UTF_8),
                System.console() != null && FirstOptions.canMoveTheCursor(System.getenv()),
                FirstOptions.of(arguments).colours(Boolean.getBoolean(TERMINAL), System.getenv()),
                false);
        System.setOut(System.err); // standard output holds results only, whatever a plugin or a library prints
        int status;
        try {
            status = run(console, arguments);
        } catch (Error fatal) { // left alone it would end the process with 1, which means REFUTED
            console.say("superpose: " + describe(fatal));
            status = ExitStatus.INTERNAL_ERROR;
        }
        System.exit(withoutLoss(results, console, status));
    }

    /**
     * Sends the log to standard error, unless the user says otherwise. Only here: in another program the log is that
     * program's business. This comes before there are other threads: SLF4J complains about messages that come while it
     * starts.
     *
     * @param later whether there will be one thread only, so that the log may start with the first message
     */
    private static void setUpLog(boolean later) {
        if (System.getProperty(LOG) == null) {
            System.setProperty(LOG, "org/superpose/runner/cli/log.xml");
        }
        if (!later) {
            System.getLogger(Main.class.getName()).isLoggable(System.Logger.Level.WARNING);
        }
    }

    /** The status of a command, unless its results could not be printed. */
    static int withoutLoss(StandardOutput results, Console console, int status) {
        console.out().flush();
        Optional<String> loss = results.loss();
        loss.ifPresent(reason -> console.say("superpose: " + reason));
        console.err().flush();
        return loss.isPresent() ? ExitStatus.INTERNAL_ERROR : status;
    }

    private static String describe(Error fatal) {
        return fatal instanceof OutOfMemoryError
                ? "the " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of heap are not enough ("
                        + fatal.getMessage() + "); give Java more, for example with SUPERPOSE_JAVA_OPTIONS=-Xmx8g"
                : "internal error: " + fatal;
    }

    /** Runs one command and returns its exit status; nothing it prints goes anywhere but to the console. */
    static int run(Console full, String... arguments) {
        Console console = FirstOptions.of(arguments).isQuiet() ? full.quieted() : full;
        CommandLine.IFactory factory = CommandLine.defaultFactory();
        if (!Commands.namedIn(arguments).isEmpty()) { // the help and the version need no plugins
            try {
                factory = factory(console, arguments);
            } catch (InvalidInputException | ProvisionException refused) {
                return fail(console, refused, List.of(arguments).contains("--verbose"));
            }
        }
        CommandLine line = commands(console, factory, Commands.namedIn(arguments));
        line.setParameterExceptionHandler((exception, given) -> refuse(console, exception));
        line.setExecutionStrategy(parsed -> execute(console, parsed));
        line.setExecutionExceptionHandler((exception, command, result) -> fail(console, exception, isVerbose(result)));
        if (arguments.length == 0) {
            line.usage(console.err());
            return ExitStatus.BAD_INPUT;
        }
        return line.execute(arguments);
    }

    /** Runs the command that was named; told to end, it says what is kept. */
    private static int execute(Console console, CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        Optional<String> kept = SaysWhatIsKept.of(last.commandSpec().userObject());
        if (kept.isEmpty()) {
            return new CommandLine.RunLast().execute(parsed);
        }
        Thread hook = new Thread(() -> console.say("interrupted; " + kept.get()), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return new CommandLine.RunLast().execute(parsed);
        } finally {
            ShutdownHooks.forget(hook);
        }
    }

    /** Makes commands with everything that they ask for. */
    private static CommandLine.IFactory factory(Console console, String... arguments) {
        FirstOptions options = FirstOptions.of(arguments);
        PluginFolder folder = options.folder();
        folder.failures().forEach(failure -> console.say("superpose: skipped: " + failure));
        folder.warnings().forEach(warning -> console.say("superpose: warning: " + warning));
        Injector injector = injector(console, folder, options.trusted());
        // Needs the catalogs: two plugins of one id are found out here, whatever the command.
        injector.getInstance(Planner.class);
        return factory(injector);
    }

    private static Injector injector(Console console, PluginFolder folder, List<String> trusted) {
        List<PluginSource> sources = List.of(new ServicePlugins(Main.class.getClassLoader()), folder);
        return Guice.createInjector(new SuperposeModule(sources, trusted), binder -> {
            binder.bind(Console.class).toInstance(console);
            binder.bind(PluginFolder.class).toInstance(folder);
            OptionalBinder.newOptionalBinder(binder, NameWarnings.class)
                    .setBinding()
                    .toInstance(new NameWarnings(warning -> console.say("superpose: warning: " + warning)));
        });
    }

    private static CommandLine.IFactory factory(Injector injector) {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    return injector.getInstance(type);
                } catch (ConfigurationException notOurs) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }

    private static CommandLine commands(Console console, CommandLine.IFactory factory, List<Class<?>> loaded) {
        CommandLine line = new CommandLine(SuperposeCommand.class, factory);
        Commands.addTo(line, factory, loaded);
        line.setOut(console.out());
        line.setErr(console.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(int.class, Count.ints());
        line.registerConverter(Integer.class, Count.ints());
        line.registerConverter(long.class, Count.longs());
        line.registerConverter(Long.class, Count.longs());
        FirstOptions.helpWidth(System.getenv()).ifPresent(line::setUsageHelpWidth);
        CommandExamples.showIn(line);
        return line;
    }

    /**
     * The commands and their options, for documents about them: as a user without plugins sees them. What they print
     * goes to the console.
     */
    public static CommandLine commands(Console console) {
        return commands(console, injector(console, PluginFolder.NONE, List.of()));
    }

    /** All commands with their options. */
    static CommandLine commands(Console console, Injector injector) {
        return commands(console, factory(injector), Commands.ALL);
    }

    private static boolean isVerbose(CommandLine.ParseResult result) {
        return result.commandSpec().root().userObject() instanceof SuperposeCommand command && command.verbose;
    }

    private static int refuse(Console console, ParameterException exception) {
        console.say("superpose: " + sentence(exception));
        if (!UnmatchedArgumentException.printSuggestions(exception, console.err())) {
            console.say("See \"" + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help\".");
        }
        return ExitStatus.BAD_INPUT;
    }

    /** The parser's own words, but for those of programmers. */
    private static String sentence(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().get(0);
            boolean isCommand = !exception.getCommandLine().getSubcommands().isEmpty();
            return isCommand ? "there is no command \"" + word + "\"" : "\"" + word + "\" is one argument too many";
        }
        return exception
                .getMessage()
                .replaceFirst("is not an int$", "is not a whole number, or too large")
                .replaceFirst("is not a long$", "is not a whole number of 64 bits")
                .replaceFirst("is not a double$", "is not a number");
    }

    private static int fail(Console console, Exception thrown, boolean verbose) {
        Throwable cause = thrown;
        while (cause instanceof ProvisionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof OutOfTimeException) {
            console.say("superpose: " + cause.getMessage());
            return ExitStatus.UNDECIDED;
        }
        if (cause instanceof PickledModelException pickled) {
            console.say("superpose: " + pickled.sentence());
            pickled.conversion().forEach(console::say);
            return ExitStatus.BAD_INPUT;
        }
        boolean badInput = cause instanceof InvalidInputException;
        boolean sentence = badInput || cause instanceof StoreException || cause instanceof PluginException;
        console.say("superpose: " + (sentence ? cause.getMessage() : "internal error: " + cause));
        if (verbose) {
            cause.printStackTrace(new PrintWriter(Printable.lines(console.err()), true));
        } else if (!sentence) {
            console.say("Run again with --verbose for the stack trace.");
        }
        return badInput && !(cause instanceof WriteFailedException) ? ExitStatus.BAD_INPUT : ExitStatus.INTERNAL_ERROR;
    }
}
