package org.superpose.constructions.clipped.channel;

/**
 * How many channels want each entry of a matrix. A row takes one byte an entry, and two from when a count of its own
 * does not fit a byte; so matrices may have more entries than an array can. Mutable; different rows may be written by
 * different threads.
 */
final class EntryCounts {
    /** The largest count. */
    static final int MOST = Character.MAX_VALUE;

    private static final int MOST_NARROW = 0xff;

    private final byte[][] narrow;
    /** In the place of a narrow row, or null. */
    private final char[][] wide;

    /** Nothing is counted yet. */
    EntryCounts(int rows, int columns) {
        this.narrow = new byte[rows][columns];
        this.wide = new char[rows][];
    }

    int get(int row, int column) {
        return wide[row] == null ? narrow[row][column] & MOST_NARROW : wide[row][column];
    }

    /**
     * Changes a count by one up or down.
     *
     * @return the new count; above {@link #MOST} it was left as it was
     */
    int change(int row, int column, int step) {
        int count = get(row, column) + step;
        if (wide[row] == null && count > MOST_NARROW) {
            widen(row);
        }
        if (wide[row] == null) {
            narrow[row][column] = (byte) count;
        } else if (count <= MOST) {
            wide[row][column] = (char) count;
        }
        return count;
    }

    private void widen(int row) {
        char[] counts = new char[narrow[row].length];
        for (int column = 0; column < counts.length; column++) {
            counts[column] = (char) (narrow[row][column] & MOST_NARROW);
        }
        wide[row] = counts;
        narrow[row] = null;
    }
}
