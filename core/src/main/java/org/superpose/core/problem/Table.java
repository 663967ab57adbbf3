package org.superpose.core.problem;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Any function of at most {@value #MAX_FAN_IN} features, by its truth table. The sum is the number of the row: bit t is
 * set iff the feature at position t is active.
 */
public final class Table implements GateFunction {
    /** The most features that a truth table may read. */
    public static final int MAX_FAN_IN = 16;

    private static final Pattern NAME = Pattern.compile("table\\(([01]{1," + (1 << MAX_FAN_IN) + "})\\)");

    private final int fanIn;
    private final BitSet rows;

    private Table(int fanIn, BitSet rows) {
        this.fanIn = fanIn;
        this.rows = rows;
    }

    /** @throws IllegalArgumentException if the number of rows is not 2^r with r in 0..16 */
    static Table of(boolean... rows) {
        BitSet set = new BitSet(rows.length);
        for (int x = 0; x < rows.length; x++) {
            set.set(x, rows[x]);
        }
        return of(rows.length, set);
    }

    /**
     * @param size the number of rows
     * @param rows the rows on which it is on; not copied
     */
    static Table of(int size, BitSet rows) {
        if (Integer.bitCount(size) != 1 || size > 1 << MAX_FAN_IN) {
            throw new IllegalArgumentException(
                    "a truth table has 2^r rows, r in 0.." + MAX_FAN_IN + ", not " + size + " rows");
        }
        return new Table(Integer.numberOfTrailingZeros(size), rows);
    }

    static Optional<GateFunction> named(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        int size = name.length() - "table()".length();
        if (Integer.bitCount(size) != 1) {
            return Optional.empty();
        }
        BitSet rows = new BitSet(size);
        for (int x = 0; x < size; x++) {
            rows.set(x, name.charAt("table(".length() + x) == '1');
        }
        return Optional.of(of(size, rows));
    }

    /** The number of features that it reads. */
    public int fanIn() {
        return fanIn;
    }

    /**
     * Its value on one row.
     *
     * @param row 0..2^r - 1
     */
    public boolean isOn(int row) {
        return rows.get(row);
    }

    @Override
    public int step(int position) {
        return 1 << position;
    }

    @Override
    public boolean isOn(int sum, int gateFanIn) {
        return rows.get(sum);
    }

    @Override
    public boolean fits(int gateFanIn) {
        return gateFanIn == fanIn;
    }

    @Override
    public String name() {
        StringBuilder name = new StringBuilder("table(");
        for (int x = 0; x < 1 << fanIn; x++) {
            name.append(rows.get(x) ? '1' : '0');
        }
        return name.append(')').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table that && fanIn == that.fanIn && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return 31 * fanIn + rows.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
