package org.superpose.runner.report.analysis;

import java.util.OptionalDouble;
import org.superpose.runner.store.StoredRow;
import org.superpose.runner.text.Printable;

/**
 * A measurement with the command that makes it again.
 *
 * @param index place in the table of the report, from 0
 * @param stored the measurement and where it came from
 * @param command the line for the shell that runs the sweep; with {@code --unit} it makes only this row
 */
public record ReportRow(int index, StoredRow stored, String command) {

    public ReportRow {
        command = Printable.line(command);
    }

    /** The text of a field, with what could deceive the reader escaped; "" if the row does not have it. */
    public String text(String field) {
        return Printable.line(stored.measurement().text(field));
    }

    /** A field as a finite number; counts beyond 2^53, which are texts, are rounded. */
    public OptionalDouble number(String field) {
        Object value = stored.measurement().find(field).orElse(null);
        double number = Double.NaN;
        if (value instanceof Number some) {
            number = some.doubleValue();
        } else if (value instanceof String text && text.matches("\\d+")) {
            number = Double.parseDouble(text);
        }
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    /** A field as a finite number above zero, which a logarithmic axis can show. */
    public OptionalDouble positive(String field) {
        OptionalDouble number = number(field);
        return number.isPresent() && number.getAsDouble() > 0 ? number : OptionalDouble.empty();
    }

    public boolean isVerified() {
        return text("verdict").equals("VERIFIED");
    }
}
