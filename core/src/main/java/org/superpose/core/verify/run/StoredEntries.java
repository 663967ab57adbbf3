package org.superpose.core.verify.run;

import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.SuperposedNetwork;

/** How many entries the matrices of a network hold: what it costs to look at each once before a verification. */
public final class StoredEntries {
    private StoredEntries() {}

    /** Of a diagonal matrix only the diagonal counts. */
    public static double of(SuperposedNetwork network) {
        return network.layers().stream()
                .mapToDouble(layer -> layer.weights() instanceof DiagonalMatrix
                        ? layer.rows()
                        : (double) layer.rows() * layer.columns())
                .sum();
    }
}
