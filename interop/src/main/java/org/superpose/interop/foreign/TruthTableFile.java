package org.superpose.interop.foreign;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.FileFormatException;
import org.superpose.interop.tensor.InputFile;
import org.superpose.interop.tensor.NpzSource;
import org.superpose.interop.tensor.Rounding;
import org.superpose.interop.tensor.TensorShape;

/**
 * A truth table in NumPy's NPZ format: {@code features}, {@code outputs}, {@code max_active} and perhaps
 * {@code min_active} as whole numbers, and {@code truth}, uint8 [inputs, bytes], what {@code numpy.packbits} makes of
 * the outputs of every input along their axis. {@code docs/foreign-networks.md} has the program that writes it.
 */
public final class TruthTableFile {
    private static final String TRUTH = "truth";

    private TruthTableFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if there is none, it is damaged, or it is not as described; one sentence that
     *     begins with its name
     */
    public static TruthTable read(Path file) {
        return InputFile.read(file, "truth table", () -> {
            try (NpzSource source = new NpzSource(file)) {
                int features = number(source, "features", 1);
                int outputs = number(source, "outputs", 1);
                int maxActive = number(source, "max_active", 1);
                int minActive = source.has("min_active") ? number(source, "min_active", 0) : 0;
                InputDomain domain = InputDomain.sparse(features, maxActive).withMinActive(minActive);
                return new TruthTable(domain, outputs, bits(source, domain, outputs));
            }
        });
    }

    private static int number(NpzSource source, String name, int least) throws IOException {
        Optional<TensorShape> shape = source.shape(name);
        if (shape.isEmpty()) {
            throw new FileFormatException(
                    source.has(name)
                            ? "array " + name + " " + source.describe(name) + ", but must be a whole number"
                            : "has no array " + name + ", as truth tables have");
        }
        if (shape.get().elements() != 1) {
            throw new FileFormatException("array " + name + " is " + shape.get() + ", but must be one whole number");
        }
        float value = source.tensor(name).floats(Rounding.REFUSED, note -> {})[0];
        if (value != (int) value || value < least) {
            throw new FileFormatException(
                    "array " + name + " is " + value + ", but must be a whole number from " + least);
        }
        return (int) value;
    }

    private static long[] bits(NpzSource source, InputDomain domain, int outputs) throws IOException {
        if (!source.has(TRUTH)) {
            throw new FileFormatException("has no array " + TRUTH + ", as truth tables have");
        }
        try (ArrayInput array = source.open(TRUTH)) {
            BigInteger rows = domain.size();
            int bytes = (outputs + 7) / 8;
            boolean fits = array.shape().type().equals(ElementType.UINT8)
                    && array.shape().rank() == 2
                    && BigInteger.valueOf(array.shape().dimension(0)).equals(rows)
                    && array.shape().dimension(1) == bytes;
            if (!fits) {
                throw new FileFormatException("array " + TRUTH + " is " + array.shape() + ", but " + outputs
                        + " outputs of " + domain + " take uint8 [" + rows + ", " + bytes + "]");
            }
            return array.bitRows();
        }
    }
}
