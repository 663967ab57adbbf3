package org.superpose.runner.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.superpose.runner.text.Printable;

/** A table in aligned columns; columns of numbers are aligned on the right. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> headings) {
        rows.add(headings.stream().map(Printable::line).toList());
    }

    public void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells do not fit " + rows.get(0).size() + " columns");
        }
        rows.add(cells.stream().map(Printable::line).toList());
    }

    /** The lines of the table: headings, a rule, the rows. */
    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            right[c] = rows.size() > 1;
            for (int r = 0; r < rows.size(); r++) {
                String cell = rows.get(r).get(c);
                widths[c] = Math.max(widths[c], cell.length());
                if (r > 0) {
                    right[c] &= cell.isEmpty() || cell.equals("-") || cell.matches("[-+]?[\\d,.]+(E[-+]?\\d+)?%?");
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            lines.add(line(rows.get(r), widths, right));
            if (r == 0) {
                List<String> rule = new ArrayList<>();
                for (int width : widths) {
                    rule.add("-".repeat(width));
                }
                lines.add(line(rule, widths, right));
            }
        }
        return lines;
    }

    private static String line(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < cells.size(); c++) {
            String padding = " ".repeat(widths[c] - cells.get(c).length());
            line.append(c == 0 ? "" : "  ").append(right[c] ? padding + cells.get(c) : cells.get(c) + padding);
        }
        return line.toString().stripTrailing();
    }
}
