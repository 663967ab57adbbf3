package org.superpose.problems;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.problem.ProblemParameters;

/**
 * Pairs of feature names as read from a CSV file: UTF-8, a header, two columns, one pair a line, fields quoted where
 * needed. A first line {@code sep=;} names another separator.
 *
 * @param source the file as the user named it, for messages
 * @param rows the pairs in the order of the file; no name is empty and no pair occurs twice
 */
record PairsFile(String source, List<Row> rows) {
    private static final String BUNDLED = "bundled:";
    private static final List<String> BUNDLED_NAMES = List.of("bigrams-gpl3", "bigrams-licenses");

    /** What spreadsheets put before the header so that others know how they separate columns. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)\"?sep=([,;\\t|])\"?(?=\\R|$)");

    /** One pair and the line it starts on, counted from 1. */
    record Row(String first, String second, long line) {}

    PairsFile {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file, or a bundled one if the name starts with {@code bundled:}.
     *
     * @throws InvalidInputException if there is no such file or it is not as described; the message names file and line
     */
    static PairsFile read(String source) {
        TextFile file = source.startsWith(BUNDLED)
                ? TextFile.ofBytes(source, bundledBytes(source.substring(BUNDLED.length())))
                : TextFile.read(source, "a CSV file or " + BUNDLED + String.join(" or " + BUNDLED, BUNDLED_NAMES));
        return parse(source, file.text());
    }

    private static byte[] bundledBytes(String name) {
        if (!BUNDLED_NAMES.contains(name)) {
            throw new InvalidInputException(
                    "no pairs file \"" + name + "\" is bundled" + NearestName.suggestion(name, BUNDLED_NAMES));
        }
        try (InputStream stream = PairsFile.class.getResourceAsStream(name + ".csv")) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + name + ".csv is missing from the jar");
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new InvalidInputException(
                    "bundled file \"" + name + "\" cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static PairsFile parse(String source, String text) {
        List<Row> rows = new ArrayList<>();
        Map<List<String>, Long> lines = new HashMap<>();
        boolean headerSeen = false;
        Matcher separator = SEPARATOR_LINE.matcher(text);
        boolean named = separator.lookingAt();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(named ? separator.group(1).charAt(0) : ',')
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(named ? text.substring(separator.end()) : text)) { // its line break still counts
            for (CsvRecord row : reader) {
                requireTwoColumns(source, row);
                if (!headerSeen) {
                    headerSeen = true;
                    continue;
                }
                Row pair = new Row(row.getField(0).strip(), row.getField(1).strip(), row.getStartingLineNumber());
                if (pair.first().isEmpty() || pair.second().isEmpty()) {
                    throw invalid(
                            source,
                            pair.line(),
                            "the " + (pair.first().isEmpty() ? "first" : "second") + " column is empty");
                }
                Long earlier = lines.putIfAbsent(List.of(pair.first(), pair.second()), pair.line());
                if (earlier != null) {
                    throw invalid(
                            source,
                            pair.line(),
                            "the pair \"" + pair.first() + "," + pair.second() + "\" is already on line " + earlier);
                }
                rows.add(pair);
            }
        } catch (CsvParseException | IOException malformed) {
            Throwable cause = malformed.getCause() == null ? malformed : malformed.getCause();
            throw new InvalidInputException(
                    "file \"" + source + "\" is not well-formed CSV: " + malformed.getMessage()
                            + (cause == malformed ? "" : " (" + cause.getMessage() + ")"),
                    malformed);
        }
        if (!headerSeen) {
            throw new InvalidInputException(
                    "file \"" + source + "\" is empty: it needs a header and at least one pair below it");
        }
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    "file \"" + source + "\" has a header but no pairs: it needs at least one pair below the header");
        }
        if (rows.size() > ProblemParameters.MAX_FEATURES) {
            throw new InvalidInputException("file \"" + source + "\" has " + rows.size() + " pairs: at most "
                    + ProblemParameters.MAX_FEATURES + " are allowed");
        }
        return new PairsFile(source, rows);
    }

    private static void requireTwoColumns(String source, CsvRecord row) {
        if (row.getFieldCount() != 2) {
            throw invalid(
                    source,
                    row.getStartingLineNumber(),
                    (row.getFieldCount() < 2 ? "the second column is missing" : row.getFieldCount() + " columns")
                            + ": a pairs file has two columns, separated by a comma");
        }
    }

    /** What is wrong with one line of this file. */
    InvalidInputException invalid(long line, String what) {
        return invalid(source, line, what);
    }

    private static InvalidInputException invalid(String source, long line, String what) {
        return new InvalidInputException("file \"" + source + "\", line " + line + ": " + what);
    }
}
