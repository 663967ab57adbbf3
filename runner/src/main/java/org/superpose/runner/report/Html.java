package org.superpose.runner.report;

import java.util.List;
import java.util.Locale;
import org.superpose.runner.text.Printable;

/** Pieces of HTML from texts that may hold anything. */
public final class Html {
    private Html() {}

    /** Text as HTML; what could deceive a reader is escaped. */
    public static String escape(String text) {
        return Printable.lines(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * A table.
     *
     * @param cells HTML, not text
     */
    public static String table(List<String> headings, List<List<String>> cells) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (int c = 0; c < headings.size(); c++) {
            int column = c;
            boolean numbers = !cells.isEmpty() && cells.stream().allMatch(row -> isNumber(row.get(column)));
            html.append(numbers ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
                    .append(escape(headings.get(c)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (List<String> row : cells) {
            html.append("<tr>");
            row.forEach(cell -> html.append(isNumber(cell) ? "<td class=\"number\">" : "<td>")
                    .append(cell)
                    .append("</td>"));
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static boolean isNumber(String cell) {
        return cell.matches("[-\\d,.\\s–]+");
    }

    /**
     * A bar in the cell of a table; the figure stands beside it.
     *
     * @param share of the width, 0..1
     * @param isWrong whether it counts what is wrong
     */
    static String bar(double share, boolean isWrong) {
        return share == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<div class=\"share%s\" style=\"width:%.1f%%\"></div>",
                        isWrong ? " wrong" : "",
                        100 * share);
    }
}
