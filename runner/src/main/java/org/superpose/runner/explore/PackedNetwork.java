package org.superpose.runner.explore;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.superpose.core.network.BitMatrix;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gates;

/**
 * The arrays of a network and its map, one after another, as the page reads them: input codes; the reads of each layer
 * of gates, with the function of each gate where they differ; for each layer weights and bias; output codes unless
 * logits are read; thresholds; groups of the domain.
 *
 * <p>Lists of ascending numbers are their length and the differences, each a whole number of 7 bits a byte, lowest
 * first, as in LEB128. Bits are packed row by row, lowest first; other weights are little-endian float32, column by
 * column.
 */
final class PackedNetwork {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private PackedNetwork() {}

    static byte[] of(BuiltNetwork built) {
        PackedNetwork packed = new PackedNetwork();
        packed.add(built.network().inputCodes());
        built.instance().layers().forEach(packed::add);
        built.network().layers().forEach(packed::add);
        Decoder decoder = built.network().decoder();
        if (!decoder.isReadout()) {
            packed.add(decoder.codes());
        }
        packed.add(decoder.thresholds());
        packed.add(decoder.offThresholds());
        if (built.instance().domain().isGrouped()) {
            for (int j = 0; j < built.instance().inputs(); j++) {
                packed.addNumber(built.instance().domain().groupOf(j));
            }
        }
        return packed.bytes.toByteArray();
    }

    /** The bytes that the weights take before they are compressed. */
    static long weightBytes(BuiltNetwork built) {
        return built.network().layers().stream()
                .map(Layer::weights)
                .mapToLong(weights -> weights instanceof BitMatrix
                        ? weights.parameters() / Byte.SIZE
                        : weights.parameters() * Float.BYTES)
                .sum();
    }

    private void add(Codes codes) {
        for (int j = 0; j < codes.features(); j++) {
            addAscending(codes.code(j));
        }
    }

    private void add(Gates gates) {
        for (int i = 0; i < gates.outputs(); i++) {
            addAscending(gates.reads(i));
        }
        if (gates.functions().size() > 1) {
            Arrays.stream(gates.functionIndices()).forEach(this::addNumber);
        }
    }

    private void add(Layer layer) {
        WeightMatrix weights = layer.weights();
        if (weights instanceof BitMatrix bits) {
            add(bits);
        } else if (weights instanceof DiagonalMatrix diagonal) {
            add(diagonal.diagonal());
        } else {
            for (float[] column : weights.byColumn()) {
                add(column);
            }
        }
        add(layer.bias());
    }

    private void add(BitMatrix bits) {
        for (int r = 0; r < bits.rows(); r++) {
            for (int c = 0; c < bits.columns(); c += Byte.SIZE) {
                int packed = (int) (bits.word(r, c / Long.SIZE) >>> c % Long.SIZE) & 0xff;
                bytes.write(packed);
            }
        }
    }

    private void add(float[] values) {
        for (float value : values) {
            int word = Float.floatToIntBits(value);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                bytes.write(word >>> shift);
            }
        }
    }

    private void addAscending(int[] numbers) {
        addNumber(numbers.length);
        int before = -1;
        for (int number : numbers) {
            addNumber(number - before - 1);
            before = number;
        }
    }

    private void addNumber(int number) {
        int rest = number;
        while (rest > 0x7f) {
            bytes.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
    }
}
