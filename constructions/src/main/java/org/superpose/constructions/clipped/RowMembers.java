package org.superpose.constructions.clipped;

import java.util.Arrays;

/** A small unordered set of numbers for each row, growing and shrinking as channels move. Mutable. */
final class RowMembers {
    private final int[][] members;
    private final int[] sizes;

    RowMembers(int rows) {
        this.members = new int[rows][4];
        this.sizes = new int[rows];
    }

    int size(int row) {
        return sizes[row];
    }

    /** The {@code t}-th member of a row; the order changes with every removal. */
    int get(int row, int t) {
        return members[row][t];
    }

    void add(int row, int member) {
        if (sizes[row] == members[row].length) {
            members[row] = Arrays.copyOf(members[row], 2 * sizes[row]);
        }
        members[row][sizes[row]++] = member;
    }

    /** Takes out a member that the row has. */
    void remove(int row, int member) {
        int[] ofRow = members[row];
        int t = 0;
        while (ofRow[t] != member) {
            t++;
        }
        ofRow[t] = ofRow[--sizes[row]];
    }
}
