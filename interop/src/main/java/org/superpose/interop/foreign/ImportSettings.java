package org.superpose.interop.foreign;

import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.interop.tensor.Rounding;

/**
 * What is known besides the file of a network made elsewhere.
 *
 * @param map which tensors are which part, or nothing where their names tell
 * @param rounding what becomes of numbers that float32 cannot hold
 * @param features m where it is known, to tell how a first matrix stands that fits both ways
 * @param outputs m' likewise for the last matrix
 */
public record ImportSettings(Optional<TensorMap> map, Rounding rounding, OptionalInt features, OptionalInt outputs) {
    /** Nothing but the file is known, and nothing is rounded. */
    public static final ImportSettings NONE =
            new ImportSettings(Optional.empty(), Rounding.REFUSED, OptionalInt.empty(), OptionalInt.empty());

    /** The same with a map. */
    public ImportSettings withMap(TensorMap newMap) {
        return new ImportSettings(Optional.of(newMap), rounding, features, outputs);
    }

    /** The same with another rounding. */
    public ImportSettings withRounding(Rounding newRounding) {
        return new ImportSettings(map, newRounding, features, outputs);
    }

    /** The same for a network of a known size. */
    public ImportSettings withSize(int newFeatures, int newOutputs) {
        return new ImportSettings(map, rounding, OptionalInt.of(newFeatures), OptionalInt.of(newOutputs));
    }
}
