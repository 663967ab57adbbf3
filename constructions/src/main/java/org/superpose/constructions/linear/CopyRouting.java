package org.superpose.constructions.linear;

import java.util.function.IntUnaryOperator;
import org.superpose.core.network.Codes;

/** E_out P: every row adds up the features whose copies have it in their code. */
final class CopyRouting implements Routing {
    private final Codes.Inverse copiesOfRow;
    private final IntUnaryOperator original;
    private final int rows;

    /**
     * @param codes the codes of the copies
     * @param original the feature that a copy is of
     */
    CopyRouting(Codes codes, IntUnaryOperator original) {
        this.copiesOfRow = codes.inverse();
        this.original = original;
        this.rows = codes.neurons();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int load(int row) {
        return copiesOfRow.load(row);
    }

    @Override
    public int feature(int row, int t) {
        return original.applyAsInt(copiesOfRow.feature(row, t));
    }
}
