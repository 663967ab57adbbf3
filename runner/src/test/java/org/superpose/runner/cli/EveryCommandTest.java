package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.Seconds;
import org.superpose.runner.cli.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for each command, whatever it does: the table is the list of the help itself. */
@Tag("jdk")
class EveryCommandTest {
    @TempDir
    Path folder;

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** Folders, which are not what one can write to standard output. */
    private static final Set<String> FOLDERS = Set.of("dataset", "search", "run");

    private static final CommandLine WHOLE;

    /** The commands and their own subcommands by name, such as {@code plugin new}; and the whole by "". */
    private static final Map<String, CommandLine> COMMANDS = new LinkedHashMap<>();

    static {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        WHOLE = Main.commands(new Console(nowhere, nowhere, false));
        COMMANDS.put("", WHOLE);
        WHOLE.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                COMMANDS.put(name, command);
                command.getSubcommands().forEach((sub, each) -> COMMANDS.put(name + " " + sub, each));
            }
        });
    }

    static Stream<String> names() {
        return COMMANDS.keySet().stream();
    }

    private static CommandSpec spec(String name) {
        return COMMANDS.get(name).getCommandSpec();
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasTheOptionsThatOneExpectsOfEveryCommand(String name) {
        for (String option : List.of("-h", "--help", "-V", "-q", "--quiet", "--verbose", "--color", "--plugin-dir")) {
            assertNotNull(spec(name).findOption(option), option);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void showsExamplesThatTheCommandLineItselfAccepts(String name) {
        List<String> footer = new ArrayList<>(
                List.of(spec(name).usageMessage().footerHeading().strip().replace("%n", "")));
        footer.addAll(Arrays.asList(spec(name).usageMessage().footer()));
        int heading = footer.indexOf("Examples:");
        assertTrue(heading >= 0, () -> "no examples in " + footer);
        List<String> examples = footer.subList(heading + 1, footer.size());
        assertFalse(examples.isEmpty());
        for (String example : examples) {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(example.replaceAll(" > .*", "").replaceAll("source <\\((.*)\\)", "$1"));
            while (word.find()) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
            assertEquals("superpose", words.remove(0), example);
            CommandLine.ParseResult parsed = WHOLE.parseArgs(words.toArray(String[]::new));
            assertTrue(parsed.hasSubcommand(), example);
            assertTrue(("superpose " + String.join(" ", words)).startsWith(("superpose " + name).strip()), example);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void examplesThatAreLongerThanALineCanBeCopiedAsTheyStand(String name) {
        CommandLine command = COMMANDS.get(name);
        command.setUsageHelpWidth(60);
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        String joined = help.replaceAll(" \\\\\\R *", " ");
        for (String example : spec(name).usageMessage().footer()) {
            if (example.startsWith("  superpose ")) {
                assertTrue(joined.lines().anyMatch(String.format(example)::equals), () -> example + " in " + help);
                help.lines()
                        .filter(line -> line.endsWith(" \\"))
                        .forEach(line -> assertTrue(
                                line.chars().filter(letter -> letter == '"').count() % 2 == 0
                                        && line.chars()
                                                                .filter(letter -> letter == '\'')
                                                                .count()
                                                        % 2
                                                == 0,
                                () -> line + " ends within quotes"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesAHyphenForStandardOutputWhereverOneFileIsWritten(String name) {
        for (OptionSpec option : spec(name).options()) {
            boolean writes = Stream.of("-o", "--output", "--plot", "--page").anyMatch(List.of(option.names())::contains)
                    && option.type() == Path.class;
            if (writes && !FOLDERS.contains(name)) {
                assertTrue(
                        Stream.of(option.converters()).anyMatch(converter -> converter instanceof OutputPath),
                        option.longestName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesDurationsWhereverItTakesSeconds(String name) {
        for (OptionSpec option : spec(name).options()) {
            if (option.longestName().endsWith("-seconds")) {
                assertTrue(
                        Stream.of(option.converters()).anyMatch(converter -> converter instanceof Seconds),
                        option.longestName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void fitsItsHelpIntoANarrowTerminalAndPutsNoCodesIntoADumbOne(String name) {
        CommandLine command = COMMANDS.get(name);
        int width = FirstOptions.helpWidth(Map.of("COLUMNS", "60")).orElseThrow();
        command.setUsageHelpWidth(width);
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        // A word that is longer than the line, such as a command to be copied, stays whole.
        help.lines()
                .filter(line -> line.length() > width)
                .forEach(line -> assertTrue(line.contains("superpose ") || line.contains("  "), line));
        assertFalse(help.contains("\u001b"), help);
    }

    @Test
    void theEnvironmentSaysHowWideTheHelpIs() {
        assertEquals(60, FirstOptions.helpWidth(Map.of("COLUMNS", "60")).orElseThrow());
        assertEquals(120, FirstOptions.helpWidth(Map.of("COLUMNS", "400")).orElseThrow());
        assertEquals(55, FirstOptions.helpWidth(Map.of("COLUMNS", "3")).orElseThrow());
        assertTrue(FirstOptions.helpWidth(Map.of("COLUMNS", "wide")).isEmpty());
        assertTrue(FirstOptions.helpWidth(Map.of()).isEmpty());
        assertFalse(FirstOptions.canMoveTheCursor(Map.of("TERM", "dumb")));
        assertFalse(FirstOptions.canMoveTheCursor(Map.of()));
        assertTrue(FirstOptions.canMoveTheCursor(Map.of("TERM", "xterm")));
    }

    /** What is said of each command when it is told to end, by commands that write something. */
    @Test
    void everyCommandThatLeavesSomethingBehindSaysWhat() {
        List<String> silent = List.of(
                "",
                "list",
                "results",
                "bounds",
                "inspect",
                "channels",
                "trace",
                "import",
                "score",
                "explain",
                "completion",
                "doctor",
                "plugin",
                "plugin new");
        COMMANDS.forEach((name, command) -> {
            boolean says = command.getCommandSpec().userObject() instanceof SaysWhatIsKept;
            assertEquals(!silent.contains(name), says, name);
        });
        assertEquals(Optional.of("nothing was written"), SaysWhatIsKept.of("no command"));
    }

    @Test
    void theNextStepIsNamedAndNeverAmongTheResults() {
        Path net = folder.resolve("net.superpose.zip");
        Printed built = Printed.superpose(
                "build", "--problem", "permutation", "--set", "inputs=8", "--construction", "dedicated", "-o", net);
        assertTrue(built.err().contains("next: superpose verify " + net), built.err());
        Printed verified = Printed.superpose("verify", net);
        assertTrue(verified.err().contains("next: superpose explore " + net + " -o "), verified.err());
        assertFalse((built.out() + verified.out()).contains("next:"), built.out() + verified.out());
        Printed json = Printed.superpose("verify", net, "--json");
        assertFalse(json.err().contains("next:"), json.err());
    }

    @Test
    void quietLeavesResultsWarningsAndErrors() {
        Path net = folder.resolve("net.superpose.zip");
        String[] build = "build --problem permutation --set inputs=8 --construction dedicated".split(" ");
        List<Printed> printed = List.of(
                Printed.superpose(build, "-q", "-o", net),
                Printed.superpose("verify", net, "-q"),
                Printed.superpose("trace", net, "--on", "3", "-q"),
                Printed.superpose("inspect", net, "--features", "3", "--names", "-q"),
                Printed.superpose("-q", "run", "theorem-3-1", "--dry-run"),
                Printed.superpose("explain", "kappa", "--quiet"));
        assertAll(printed.stream().map(each -> () -> {
            assertEquals(ExitStatus.DONE, each.status(), each.err());
            assertEquals("", each.err());
            assertFalse(each.out().isEmpty());
        }));
        Printed wrong = Printed.superpose("verify", "missing.superpose.zip", "-q");
        assertEquals(ExitStatus.BAD_INPUT, wrong.status());
        assertTrue(wrong.err().contains("missing.superpose.zip"), wrong.err());
    }
}
