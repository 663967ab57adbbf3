package org.superpose.core.verify.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.verify.TestNetworks;

class StoredEntriesTest {
    @Test
    void ofADiagonalMatrixOnlyTheDiagonalCounts() {
        assertEquals(
                3 * 4 + 3,
                StoredEntries.of(TestNetworks.network(
                        Codes.identity(4),
                        List.of(
                                Layer.withBias(new DenseMatrix(3, 4, new float[12]), 0),
                                Layer.withBias(DiagonalMatrix.ofValue(3, 1), 0)),
                        Decoder.withThreshold(Codes.identity(3), Decoder.Kind.SUM, 1),
                        InputDomain.sparse(4, 1))));
    }
}
