package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.bounds.BitComplexity;
import org.superpose.bounds.MatrixBits;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.experiment.NetworkStatistic;

/**
 * The bit-level complexity of a built network: how many bits its weights take, and how many of them carry information.
 */
@Reference(value = "Parameter bits", standing = Standing.RECONSTRUCTED)
public record BitFigures() implements NetworkStatistic {
    /** The different values in the matrix that has most of them. */
    public static final String DISTINCT_VALUES = "distinct_values";

    /** The number of stored entries of all matrices. */
    public static final String PARAMETERS = "parameters";

    /** Bits of one entry as stored, on average. */
    public static final String BITS_PER_WEIGHT = "bits_per_weight";

    /** Bits of one entry as an index into the table of its matrix's values, on average. */
    public static final String INDEX_BITS = "index_bits_per_weight";

    /** Bits of one entry under an ideal code for the frequencies of the values, on average. */
    public static final String ENTROPY_BITS = "entropy_bits_per_weight";

    /** log|F| / (bits of all weights, entropy-coded). */
    public static final String ENTROPY_EFFICIENCY = "entropy_bit_efficiency";

    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        BitComplexity bits = BitComplexity.of(built.network());
        List<MatrixBits> matrices = bits.matrices();
        double parameters = matrices.stream().mapToLong(MatrixBits::parameters).sum();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                DISTINCT_VALUES,
                matrices.stream().mapToLong(MatrixBits::distinctValues).max().orElseThrow());
        fields.put(PARAMETERS, (long) parameters);
        fields.put(BITS_PER_WEIGHT, bits.storedBits() / parameters);
        fields.put(
                INDEX_BITS, matrices.stream().mapToLong(MatrixBits::indexBits).sum() / parameters);
        fields.put(ENTROPY_BITS, bits.entropyBits() / parameters);
        fields.put(
                ENTROPY_EFFICIENCY,
                built.instance()
                        .functionClass()
                        .map(bits::entropyEfficiency)
                        .filter(Double::isFinite)
                        .orElse(null));
        return fields;
    }
}
