package org.superpose.problems;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;

/**
 * The rows of a CSV file: UTF-8, a header, fields quoted where needed, blank lines passed over. A first line
 * {@code sep=;} names another separator than the comma.
 *
 * @param file the file
 * @param separator between fields
 * @param rows all rows, the header first; the numbers of their fields may differ
 */
record CsvTable(TextFile file, char separator, List<Row> rows) {
    /** What spreadsheets put before the header so that others know how they separate columns. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)\"?sep=([,;\\t|])\"?(?=\\R|$)");

    private static final char QUOTE = '"';

    /**
     * A row.
     *
     * @param fields as they stand in the file, with white space
     * @param line the line on which it starts, counted from 1
     */
    record Row(List<String> fields, long line) {
        /** A field without the white space around it. */
        String field(int column) {
            return fields.get(column).strip();
        }
    }

    /** A place in the file, line and column counted from 1. */
    record Place(long line, int column) {}

    CsvTable {
        rows = List.copyOf(rows);
    }

    /**
     * Reads all rows.
     *
     * @throws InvalidInputException naming the file, if it is not well-formed
     */
    static CsvTable of(TextFile file) {
        Matcher named = SEPARATOR_LINE.matcher(file.text());
        boolean isNamed = named.lookingAt();
        char separator = isNamed ? named.group(1).charAt(0) : ',';
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                // The line break behind the separator line still counts.
                .ofCsvRecord(isNamed ? file.text().substring(named.end()) : file.text())) {
            for (CsvRecord row : reader) {
                rows.add(new Row(row.getFields(), row.getStartingLineNumber()));
            }
        } catch (CsvParseException | IOException malformed) {
            Throwable cause = malformed.getCause() == null ? malformed : malformed.getCause();
            throw new InvalidInputException(
                    "file \"" + file.source() + "\" is not well-formed CSV: " + malformed.getMessage()
                            + (cause == malformed ? "" : " (" + cause.getMessage() + ")"),
                    malformed);
        }
        return new CsvTable(file, separator, rows);
    }

    /** What is wrong with the file as a whole: it is named, and the rest of the sentence follows. */
    InvalidInputException invalid(String what) {
        return new InvalidInputException("file \"" + file.source() + "\" " + what);
    }

    /** What is wrong with a row. */
    InvalidInputException invalid(Row row, String what) {
        return file.invalid(row.line(), what);
    }

    /**
     * Where a character of a field stands in the file.
     *
     * @param offset of the character in the field as {@link Row#fields} has it, or the length of the field
     */
    Place place(Row row, int column, int offset) {
        String text = file.text();
        int at = startOf(row.line());
        for (int c = 0; c < column; c++) {
            at = endOf(at) + 1;
        }
        boolean quoted = at < text.length() && text.charAt(at) == QUOTE;
        at += quoted ? 1 : 0;
        for (int t = 0; t < offset; t++) {
            at += quoted && text.startsWith("\"\"", at) ? 2 : 1;
        }
        long line = row.line();
        int lineStart = startOf(line);
        for (int next = afterLine(lineStart); next <= at && next > lineStart; next = afterLine(lineStart)) {
            line++;
            lineStart = next;
        }
        return new Place(line, text.codePointCount(lineStart, at) + 1);
    }

    private int startOf(long line) {
        int start = 0;
        for (long n = 1; n < line; n++) {
            start = afterLine(start);
        }
        return start;
    }

    /** The start of the next line, or the start itself if there is none. */
    private int afterLine(int start) {
        String text = file.text();
        for (int t = start; t < text.length(); t++) {
            if (text.charAt(t) == '\n') {
                return t + 1;
            }
            if (text.charAt(t) == '\r') {
                return text.startsWith("\n", t + 1) ? t + 2 : t + 1;
            }
        }
        return start;
    }

    /** The separator behind a field. */
    private int endOf(int start) {
        String text = file.text();
        int at = start;
        if (text.charAt(at) == QUOTE) {
            at = text.indexOf(QUOTE, at + 1);
            while (text.startsWith("\"\"", at)) {
                at = text.indexOf(QUOTE, at + 2);
            }
        }
        return text.indexOf(separator, at);
    }
}
