package org.superpose.core.network;

import java.util.Arrays;

/** A square matrix that is zero off its diagonal: n parameters, not n^2, as in a saturation layer. Immutable. */
public final class DiagonalMatrix implements WeightMatrix {
    private final float[] diagonal;

    /**
     * @param diagonal the n entries; copied
     * @throws IllegalArgumentException if there is none or one is not finite
     */
    public DiagonalMatrix(float[] diagonal) {
        if (diagonal.length == 0) {
            throw new IllegalArgumentException("a diagonal matrix needs at least one entry");
        }
        for (int i = 0; i < diagonal.length; i++) {
            if (!Float.isFinite(diagonal[i])) {
                throw new IllegalArgumentException(
                        "diagonal entry " + i + " is " + diagonal[i] + ", not a finite number");
            }
        }
        this.diagonal = diagonal.clone();
    }

    /** The n x n matrix with one value along the diagonal. */
    public static DiagonalMatrix ofValue(int size, float value) {
        float[] diagonal = new float[size];
        Arrays.fill(diagonal, value);
        return new DiagonalMatrix(diagonal);
    }

    @Override
    public String kind() {
        return "diagonal";
    }

    @Override
    public int rows() {
        return diagonal.length;
    }

    @Override
    public int columns() {
        return diagonal.length;
    }

    @Override
    public float get(int row, int column) {
        return row == column ? diagonal[row] : 0;
    }

    @Override
    public boolean isInteger() {
        for (float value : diagonal) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long parameters() {
        return diagonal.length;
    }

    @Override
    public int bitsPerWeight() {
        return Float.SIZE;
    }

    /** A fresh copy of the diagonal. */
    public float[] diagonal() {
        return diagonal.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiagonalMatrix that && Arrays.equals(diagonal, that.diagonal);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(diagonal);
    }
}
