package org.superpose.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemInstance;

class BitComplexityTest {
    @Test
    void counts_a_fair_coin_as_one_bit_per_entry() {
        MatrixBits bits = MatrixBits.of(BitMatrix.ofBits(2, 4, new long[] {0b0101, 0b0011}));
        assertEquals(new MatrixBits("bit", 2, 4, 8, 2, 8, 8, 8), bits);
    }

    @Test
    void counts_a_constant_matrix_as_no_entropy() {
        assertEquals(
                0, MatrixBits.of(BitMatrix.ofBits(1, 3, new long[] {0b111})).entropyBits());
        MatrixBits twins = MatrixBits.of(new BitMatrix(1, 3, new long[] {0b101}, 7, 7));
        assertEquals(new MatrixBits("bit", 1, 3, 3, 1, 3, 0, 0), twins);
        MatrixBits constant = MatrixBits.of(DiagonalMatrix.ofValue(5, -1));
        assertEquals(new MatrixBits("diagonal", 5, 5, 5, 1, 160, 0, 0), constant);
    }

    @Test
    void measures_integers_and_reals_by_their_values() {
        short[] integers = {-3, -3, 7, 7, 7, 7, 0, 0};
        MatrixBits bits = MatrixBits.of(new IntegerMatrix(2, 4, integers));
        assertEquals(3, bits.distinctValues());
        assertEquals(8 * 4, bits.storedBits()); // eleven values, -3 to 7: four bits
        assertEquals(8 * 2, bits.indexBits());
        assertEquals(8 * 1.5, bits.entropyBits(), 1e-12); // 1/4, 1/4, 1/2
        MatrixBits reals = MatrixBits.of(new DenseMatrix(2, 2, new float[] {0f, -0f, 0.25f, 0f}));
        assertEquals(2, reals.distinctValues());
        assertEquals(128, reals.storedBits());
        assertEquals(4, reals.indexBits());
    }

    @Property(tries = 200)
    void orders_entropy_index_and_stored_bits(@ForAll @Size(12) short[] values) {
        MatrixBits bits = MatrixBits.of(new IntegerMatrix(3, 4, values));
        assertTrue(bits.entropyBits() <= bits.indexBits() + 1e-9);
        assertTrue(bits.indexBits() <= bits.storedBits());
    }

    @Property(tries = 200)
    void sees_the_same_values_in_every_kind_of_matrix(@ForAll @IntRange(min = 0, max = 4095) int pattern) {
        BitMatrix bits = BitMatrix.ofBits(1, 12, new long[] {pattern});
        short[] integers = new short[12];
        float[] reals = new float[12];
        for (int c = 0; c < 12; c++) {
            integers[c] = (short) (pattern >> c & 1);
            reals[c] = integers[c];
        }
        MatrixBits first = MatrixBits.of(bits);
        for (MatrixBits other : new MatrixBits[] {
            MatrixBits.of(new IntegerMatrix(1, 12, integers)), MatrixBits.of(new DenseMatrix(1, 12, reals))
        }) {
            assertEquals(first.distinctValues(), other.distinctValues());
            assertEquals(first.indexBits(), other.indexBits());
            assertEquals(first.entropyBits(), other.entropyBits(), 1e-9);
        }
    }

    @Test
    void adds_up_over_the_matrices_of_a_network() {
        BitMatrix identity = BitMatrix.ofBits(4, 4, new long[] {1, 2, 4, 8});
        var network = Networks.chain(identity, DiagonalMatrix.ofValue(4, 1), identity);
        BitComplexity bits = BitComplexity.of(network);
        assertEquals(3, bits.matrices().size());
        assertEquals(network.weightBits(), bits.storedBits());
        assertEquals(16 + 4 * 32 + 16, bits.storedBits());
        assertEquals(
                32, bits.matrices().stream().mapToLong(MatrixBits::indexBits).sum());
        double entropyPerEntry = 0.25 * 2 + 0.75 * (Math.log(4.0 / 3) / Math.log(2));
        assertEquals(32 * entropyPerEntry, bits.entropyBits(), 1e-9);
        double count = Math.log(24) / Math.log(2);
        assertEquals(count / (32 * entropyPerEntry), bits.entropyEfficiency(FunctionClass.permutations(4)), 1e-12);
    }

    @Test
    void names_the_metrics_as_theory_does() {
        BitMatrix identity = BitMatrix.ofBits(4, 4, new long[] {1, 2, 4, 8});
        Metrics metrics = Metrics.of(new BuiltNetwork(
                Networks.permutationInstance(4), Networks.chain(identity, DiagonalMatrix.ofValue(4, 1), identity)));
        assertEquals(1, metrics.superpositionRatio());
        assertEquals(4 / Math.sqrt(8), metrics.kappa(), 1e-12);
        double count = Math.log(24) / Math.log(2);
        assertEquals(Math.sqrt(count / 2), metrics.widthLimit().orElseThrow(), 1e-12); // one bit, two full matrices
        assertEquals(4 / Math.sqrt(count / 2), metrics.limitRatio().orElseThrow(), 1e-12);
        assertEquals(160, metrics.weightBits());
        assertEquals(count / 160, metrics.bitEfficiency().orElseThrow(), 1e-12);
        ProblemInstance instance = Networks.permutationInstance(4);
        Metrics unknown = Metrics.of(new BuiltNetwork(
                instance.with(instance.layers(), instance.domain()),
                Networks.chain(identity, DiagonalMatrix.ofValue(4, 1), identity)));
        assertEquals(
                new Metrics(1, metrics.kappa(), Optional.empty(), Optional.empty(), 160, Optional.empty()), unknown);
        assertEquals(2.71, Metrics.kappa(4096, 600), 0.005);
        assertEquals(6.8, Metrics.superpositionRatio(4096, 600), 0.05);
        assertEquals(Double.POSITIVE_INFINITY, Metrics.kappa(1, 3));
    }

    @Test
    void takes_the_bits_of_diagonal_matrices_where_there_are_no_others() {
        Metrics metrics = Metrics.of(
                new BuiltNetwork(Networks.permutationInstance(4), Networks.chain(DiagonalMatrix.ofValue(4, 1))));
        assertEquals(
                Math.sqrt(Math.log(24) / Math.log(2) / 32), metrics.widthLimit().orElseThrow(), 1e-12);
    }
}
