package org.superpose.runner.store.file;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * The types of the columns of measurements. A column takes the narrowest type that holds all its values and is widened
 * when a value comes that does not fit.
 */
public enum ColumnType {
    BOOLEAN,
    BIGINT,
    HUGEINT,
    DOUBLE,
    VARCHAR;

    private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(127);
    private static final BigInteger EXACT_IN_JSON = BigInteger.ONE.shiftLeft(53);

    /** The type of a value of a measurement; a count beyond 2^53, which measurements hold as text, is a number here. */
    public static ColumnType of(Object value) {
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        if (value instanceof Integer || value instanceof Long) {
            return BIGINT;
        }
        if (value instanceof Double) {
            return DOUBLE;
        }
        if (value instanceof String text) {
            return isLargeCount(text) ? HUGEINT : VARCHAR;
        }
        throw new IllegalArgumentException(
                "a measurement holds a " + value.getClass().getName());
    }

    /** The type that the database calls so, or empty if no field of a measurement is stored as it. */
    public static Optional<ColumnType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    private static boolean isLargeCount(String text) {
        if (!text.matches("[1-9][0-9]{15,38}")) {
            return false;
        }
        BigInteger count = new BigInteger(text);
        return count.compareTo(EXACT_IN_JSON) >= 0 && count.compareTo(HUGE) < 0;
    }

    /** The narrowest type that holds the values of both. */
    public ColumnType and(ColumnType other) {
        if (this == other) {
            return this;
        }
        List<ColumnType> both = List.of(this, other);
        if (both.contains(VARCHAR) || both.contains(BOOLEAN)) {
            return VARCHAR;
        }
        // A count that is no longer exact is no count: whole numbers beyond 2^63 and fractions do not mix.
        return both.contains(DOUBLE) ? (both.contains(HUGEINT) ? VARCHAR : DOUBLE) : HUGEINT;
    }

    /** Appends a value, which may be null. */
    public void append(DuckDBAppender row, Object value) throws SQLException {
        if (value == null) {
            row.appendNull();
            return;
        }
        switch (this) {
            case BOOLEAN -> row.append((boolean) (Boolean) value);
            case BIGINT -> row.append(((Number) value).longValue());
            case HUGEINT -> row.append(new BigInteger(value.toString()));
            case DOUBLE -> row.append(((Number) value).doubleValue());
            case VARCHAR -> row.append(value.toString());
        }
    }

    /** The value that a measurement holds, from the value that the database gives. */
    public static Object fromDatabase(Object value) {
        if (value instanceof BigInteger count) {
            return count.abs().compareTo(EXACT_IN_JSON) < 0 ? (Object) count.longValueExact() : count.toString();
        }
        return value;
    }
}
