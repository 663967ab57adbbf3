package org.superpose.interop.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;
import org.superpose.interop.tensor.Rounding;
import org.superpose.interop.tensor.SafetensorsSource;
import org.superpose.interop.tensor.Tensor;
import org.superpose.interop.tensor.TensorShape;

/**
 * The weights of a sparse autoencoder or a transcoder: x is coded as z = act(encoder (x - b) + encoder_bias) and read
 * back as decoder^T z + decoder_bias, where act is ReLU, or keeps the k largest positive numbers, or those above a
 * threshold each.
 *
 * @param decoder latents x n, the directions
 * @param encoder latents x inputs, or empty: samples are then coded greedily
 * @param encoderBias one number for each latent
 * @param decoderBias one number for each neuron
 * @param k how many latents are kept, or empty
 * @param thresholds of the latents, or empty
 */
public record DictionaryWeights(
        float[][] decoder,
        Optional<float[][]> encoder,
        float[] encoderBias,
        float[] decoderBias,
        Optional<Integer> k,
        Optional<float[]> thresholds) {
    private static final List<String> DECODER = List.of("decoder", "W_dec", "decoder.weight");
    private static final List<String> ENCODER = List.of("encoder", "W_enc", "encoder.weight");
    private static final List<String> ENCODER_BIAS = List.of("encoder_bias", "b_enc", "encoder.bias");
    private static final List<String> DECODER_BIAS = List.of("decoder_bias", "b_dec", "bias");

    /** The number of latents. */
    public int latents() {
        return decoder.length;
    }

    /**
     * Reads a safetensors file, by our names ({@code decoder} [latents, n], {@code encoder}, {@code encoder_bias},
     * {@code decoder_bias}, {@code k}, {@code threshold}) or those of SAELens ({@code W_dec}, {@code W_enc},
     * {@code b_enc}, {@code b_dec}) or dictionary_learning ({@code decoder.weight} [n, latents], ...). A matrix that
     * fits the other way round only is turned.
     *
     * @param inputs what the encoder reads
     * @param outputs n, what the decoder writes
     * @throws InvalidInputException naming the tensor, if one is missing or does not fit
     */
    public static DictionaryWeights read(Path file, int inputs, int outputs) {
        try (SafetensorsSource source = SafetensorsSource.open(file)) {
            String decoderName = first(source, DECODER)
                    .orElseThrow(() ->
                            new InvalidInputException(file + ": has no tensor decoder [latents, " + outputs + "]"));
            float[][] decoder = matrix(file, source, decoderName, -1, outputs);
            Optional<String> encoderName = first(source, ENCODER);
            Optional<float[][]> encoder = encoderName.isEmpty()
                    ? Optional.empty()
                    : Optional.of(matrix(file, source, encoderName.get(), decoder.length, inputs));
            Optional<Integer> k = source.names().contains("k")
                    ? Optional.of((int) numbers(file, source, "k", 1)[0])
                    : Optional.empty();
            if (k.isPresent() && (k.get() < 1 || k.get() > decoder.length)) {
                throw new InvalidInputException(file + ": k is " + k.get()
                        + ", but must be from 1 to the number of latents, " + decoder.length);
            }
            return new DictionaryWeights(
                    decoder,
                    encoder,
                    vector(file, source, ENCODER_BIAS, decoder.length),
                    vector(file, source, DECODER_BIAS, outputs),
                    k,
                    source.names().contains("threshold")
                            ? Optional.of(numbers(file, source, "threshold", decoder.length))
                            : Optional.empty());
        } catch (FileFormatException broken) {
            throw new InvalidInputException(file + ": " + broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new InvalidInputException(file + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private static Optional<String> first(SafetensorsSource source, List<String> names) {
        return names.stream().filter(source.names()::contains).findFirst();
    }

    private static float[] vector(Path file, SafetensorsSource source, List<String> names, int size)
            throws IOException {
        Optional<String> name = first(source, names);
        return name.isEmpty() ? new float[size] : numbers(file, source, name.get(), size);
    }

    /** All numbers of a tensor, which must be as many as asked. */
    static float[] numbers(Path file, SafetensorsSource source, String name, int size) throws IOException {
        Tensor tensor = source.tensor(name);
        if (tensor.shape().elements() != size) {
            throw new InvalidInputException(
                    file + ": tensor " + name + " is " + tensor.shape() + ", but must have " + size + " numbers");
        }
        return tensor.floats(Rounding.NEAREST, note -> {});
    }

    /**
     * A matrix of a tensor, turned where it fits only so.
     *
     * @param rows how many it must have, or -1 for any
     */
    static float[][] matrix(Path file, SafetensorsSource source, String name, int rows, int columns)
            throws IOException {
        Tensor tensor = source.tensor(name);
        TensorShape shape = tensor.shape();
        boolean fits = shape.rank() == 2 && shape.dimension(1) == columns && (rows < 0 || shape.dimension(0) == rows);
        boolean turned = shape.rank() == 2 && shape.dimension(0) == columns && (rows < 0 || shape.dimension(1) == rows);
        boolean prefersTurned = name.startsWith("W_enc") || name.equals("decoder.weight");
        if (!fits && !turned || shape.elements() == 0) {
            throw new InvalidInputException(file + ": tensor " + name + " is " + shape + ", but must be ["
                    + (rows < 0 ? "latents" : rows) + ", " + columns + "]");
        }
        float[] all = tensor.floats(Rounding.NEAREST, note -> {});
        if (fits && !(turned && prefersTurned)) {
            float[][] matrix = new float[shape.dimension(0)][];
            Arrays.setAll(matrix, r -> Arrays.copyOfRange(all, r * columns, (r + 1) * columns));
            return matrix;
        }
        int count = shape.dimension(1);
        float[][] matrix = new float[count][columns];
        for (int r = 0; r < count; r++) {
            for (int c = 0; c < columns; c++) {
                matrix[r][c] = all[c * count + r];
            }
        }
        return matrix;
    }
}
