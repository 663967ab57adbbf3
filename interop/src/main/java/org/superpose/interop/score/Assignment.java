package org.superpose.interop.score;

import java.util.Arrays;

/**
 * The optimal assignment of rows to columns: each row gets a column of its own such that the sum of values is largest.
 *
 * <p>Shortest augmenting paths with dual variables, for rectangular matrices: R. Jonker and A. Volgenant, "A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987); D. F. Crouse, "On
 * implementing 2D rectangular assignment algorithms", IEEE Trans. Aerospace and Electronic Systems 52 (2016), as in
 * SciPy's {@code linear_sum_assignment}. Rows whose best column is free take it at once, so that what is left for paths
 * are conflicts. At worst rows^2 x columns steps.
 */
final class Assignment {
    private static final int NONE = -1;

    private final float[][] values;
    private final int rows;
    private final int columns;
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] columnOf;
    private final int[] rowOf;

    private Assignment(float[][] values) {
        this.values = values;
        this.rows = values.length;
        this.columns = rows == 0 ? 0 : values[0].length;
        this.rowPrice = new double[rows];
        this.columnPrice = new double[columns];
        this.columnOf = new int[rows];
        this.rowOf = new int[columns];
        Arrays.fill(columnOf, NONE);
        Arrays.fill(rowOf, NONE);
    }

    /**
     * Assigns.
     *
     * @param values rows x columns, at least as many columns as rows
     * @return the column of each row
     * @throws IllegalArgumentException if there are fewer columns than rows
     */
    static int[] largest(float[][] values) {
        Assignment assignment = new Assignment(values);
        if (assignment.columns < assignment.rows) {
            throw new IllegalArgumentException(
                    assignment.rows + " rows cannot have a column each of " + assignment.columns);
        }
        assignment.takeFree();
        for (int r = 0; r < assignment.rows; r++) {
            if (assignment.columnOf[r] == NONE) {
                assignment.augment(r);
            }
        }
        return assignment.columnOf;
    }

    private double cost(int row, int column) {
        return -(double) values[row][column];
    }

    private void takeFree() {
        for (int r = 0; r < rows; r++) {
            int best = 0;
            for (int c = 1; c < columns; c++) {
                best = values[r][c] > values[r][best] ? c : best;
            }
            rowPrice[r] = cost(r, best);
            if (rowOf[best] == NONE) {
                rowOf[best] = r;
                columnOf[r] = best;
            }
        }
    }

    /** Finds the shortest path from a row to a free column and turns the assignment round along it. */
    private void augment(int start) {
        double[] shortest = new double[columns];
        Arrays.fill(shortest, Double.POSITIVE_INFINITY);
        int[] before = new int[columns];
        int[] open = new int[columns];
        Arrays.setAll(open, c -> c);
        int openCount = columns;
        boolean[] closed = new boolean[columns];
        int[] path = new int[rows];
        int pathCount = 0;
        int row = start;
        double reached = 0;
        int sink = NONE;
        while (sink == NONE) {
            path[pathCount++] = row;
            int nearest = NONE;
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < openCount; t++) {
                int c = open[t];
                double length = reached + cost(row, c) - rowPrice[row] - columnPrice[c];
                if (length < shortest[c]) {
                    shortest[c] = length;
                    before[c] = row;
                }
                if (shortest[c] < least || shortest[c] == least && rowOf[c] == NONE) {
                    least = shortest[c];
                    nearest = t;
                }
            }
            reached = least;
            int column = open[nearest];
            closed[column] = true;
            open[nearest] = open[--openCount];
            if (rowOf[column] == NONE) {
                sink = column;
            } else {
                row = rowOf[column];
            }
        }
        rowPrice[start] += reached;
        for (int t = 1; t < pathCount; t++) {
            rowPrice[path[t]] += reached - shortest[columnOf[path[t]]];
        }
        for (int c = 0; c < columns; c++) {
            if (closed[c]) {
                columnPrice[c] -= reached - shortest[c];
            }
        }
        for (int column = sink; ; ) {
            int own = before[column];
            rowOf[column] = own;
            int next = columnOf[own];
            columnOf[own] = column;
            if (own == start) {
                return;
            }
            column = next;
        }
    }
}
