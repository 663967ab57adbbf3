package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.ScratchFiles;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.TextTable;
import org.superpose.runner.store.Artefacts;
import org.superpose.runner.store.ExportFormat;
import org.superpose.runner.store.QueryResult;
import org.superpose.runner.store.StoredResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose results}: asks the results in a folder a question in SQL. */
@Command(
        name = "results",
        description =
                "Queries the results in a folder with SQL; without --sql it shows the runs and how far they came.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nTables:%n",
        footer = {
            "  measurements      one row per network, one column per parameter and metric",
            "  units             status, error, seconds and peak memory of each unit of work",
            "  runs              command, machine, start, end and status of each run",
            "  counterexamples   an input on which a refuted network is wrong",
            "  sweep             what identifies the sweep: experiment, parameters, seed, version",
            "  artefacts         files that were made from the results",
            "",
            "Examples:",
            "  superpose results out/widths",
            "  superpose results out/widths --sql \"SELECT outputs, width, kappa FROM measurements\"",
            "  superpose results out/widths --sql \"FROM measurements\" -o widths.parquet"
        })
final class ResultsCommand implements Callable<Integer> {
    private static final String OVERVIEW = "SELECT r.run, r.status, r.started, r.ended,"
            + " (SELECT count(*) FROM units u WHERE u.run = r.run AND u.status = 'done') AS done,"
            + " (SELECT count(*) FROM units u WHERE u.run = r.run AND u.status = 'failed') AS failed,"
            + " (SELECT count(*) FROM units) AS units, r.command FROM runs r ORDER BY r.run";

    private final Console console;

    /** What is printed or written. */
    enum Format {
        TABLE(".txt"),
        CSV(".csv"),
        JSON(".json"),
        PARQUET(".parquet");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }
    }

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder that was given to \"run --out\".")
    private Path folder;

    @Option(
            names = "--sql",
            paramLabel = "QUERY",
            description = "The query, in the SQL of DuckDB: one statement that only reads.")
    private String sql = OVERVIEW;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json|parquet",
            description = "The form of the result (default: what the ending of FILE says, else table).")
    private Format asked;

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            paramLabel = "FILE",
            description = "Writes the result to this file instead of standard output.")
    private Path output;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Inject
    ResultsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Format format = format();
        if (format == Format.PARQUET && output == null) {
            throw new InvalidInputException("--format parquet needs -o FILE: it is not text");
        }
        if (output != null) {
            replace.check("-o", output, format.ending, List.of(folder));
        }
        if (format == Format.CSV || format == Format.PARQUET) {
            export(format);
        } else {
            QueryResult answer = answer();
            emit(format == Format.JSON ? json(answer) : table(answer));
        }
        if (output != null) {
            Artefacts.list(folder, Artefacts.Kind.EXPORT, List.of(output))
                    .ifPresent(reason -> console.say("not listed among the artefacts: " + reason));
        }
        return ExitStatus.DONE;
    }

    private Format format() {
        if (asked != null || output == null) {
            return asked == null ? Format.TABLE : asked;
        }
        String name = output.toString().toLowerCase(Locale.ROOT);
        return Stream.of(Format.values())
                .filter(each -> name.endsWith(each.ending))
                .findFirst()
                .orElse(Format.TABLE);
    }

    /** The store is closed when it is there: what follows may take as long as whoever reads it likes. */
    private QueryResult answer() {
        try (StoredResults results = StoredResults.open(folder)) {
            tellLate(results);
            return results.query(sql);
        }
    }

    private void export(Format format) {
        if (output != null) {
            AtomicFile.writeByName(output, file -> copy(file, format));
            return;
        }
        try {
            Path passing = ScratchFiles.createFile(".csv");
            try {
                copy(passing, format);
                try (BufferedReader lines = Files.newBufferedReader(passing)) {
                    lines.transferTo(console.out());
                }
                console.out().flush();
            } finally {
                Files.deleteIfExists(passing);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void copy(Path file, Format format) throws IOException {
        try (StoredResults results = StoredResults.open(folder)) {
            tellLate(results);
            results.copy(sql, format == Format.CSV ? ExportFormat.CSV : ExportFormat.PARQUET, file);
        }
    }

    private void tellLate(StoredResults results) {
        long late = results.lateUnits();
        if (late > 0) {
            console.say((late == 1 ? "1 unit is" : late + " units are")
                    + " done but not among the results yet, because another program kept them open; the run stores them"
                    + " when it can, else --resume does");
        }
    }

    private void emit(List<String> lines) {
        if (output == null) {
            lines.forEach(console::result);
            return;
        }
        AtomicFile.writeText(output, String.join("\n", lines) + "\n");
    }

    private static List<String> table(QueryResult result) {
        if (result.columns().isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(result.columns());
        for (List<Object> row : result.rows()) {
            table.add(row.stream()
                    .map(value -> value == null ? "-" : value.toString())
                    .toList());
        }
        return table.lines();
    }

    private static List<String> json(QueryResult result) {
        return Console.jsonText(objects(result)).lines().toList();
    }

    private static List<Map<String, Object>> objects(QueryResult result) {
        List<Map<String, Object>> objects = result.maps();
        objects.forEach(object -> object.replaceAll((column, value) ->
                value == null || value instanceof Number || value instanceof Boolean ? value : value.toString()));
        return objects;
    }
}
