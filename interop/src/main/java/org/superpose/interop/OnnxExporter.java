package org.superpose.interop;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NamedArray;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;

/**
 * ONNX, operator set 17: float32 Gemm (or Mul and Add for diagonal layers) and Relu, with any batch size.
 *
 * <p>Without the codec the input is {@code y0} [batch, n_0] and the output {@code yL} [batch, n_L], L being the number
 * of layers. With it the input is {@code features} [batch, m] of zeros and ones, and the output {@code outputs} [batch,
 * m'] likewise: a complete model. A read-out with two thresholds has a second output {@code between} [batch, m'], 1
 * where a logit lies between them, so that the output is neither on nor off.
 *
 * <p>What is not in the graph, codes, gates and domain among it, is in the model's metadata, so that the file can be
 * imported again.
 */
public final class OnnxExporter implements NetworkExporter {
    /** Whether encoder and decoder are part of the model. */
    public static final Parameter<Boolean> WITH_CODEC = Parameter.flag(
                    "with-codec", "include encoder and decoder: from features to outputs")
            .withDefault(false);

    /** The operator set that the file asks for. */
    public static final int OPERATOR_SET = 17;

    /** The most bytes of numbers: a protobuf message must stay below 2 GiB, of which other parts take some. */
    private static final long MAX_NUMBER_BYTES = (2L << 30) - (16 << 20);

    @Override
    public String id() {
        return "onnx";
    }

    @Override
    public String title() {
        return "ONNX, operator set " + OPERATOR_SET + ", float32, any batch size";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(WITH_CODEC);
    }

    @Override
    public String extension() {
        return ".onnx";
    }

    @Override
    public void export(BuiltNetwork built, ParameterValues options, Path file) {
        boolean withCodec = options.get(WITH_CODEC);
        requireSize(built, withCodec, file);
        ModelProto model = new OnnxModel(built).model(withCodec);
        AtomicFile.write(file, model::writeTo);
    }

    private static void requireSize(BuiltNetwork built, boolean withCodec, Path file) {
        double bytes = 0;
        for (Layer layer : built.network().layers()) {
            double entries =
                    layer.weights() instanceof DiagonalMatrix ? layer.rows() : (double) layer.rows() * layer.columns();
            bytes += Float.BYTES * (entries + layer.rows());
        }
        for (NamedArray array : ExportedArrays.of(built)) {
            // base64 makes four bytes of three
            bytes += ExportedArrays.isOfLayer(array.name()) ? 0 : array.shape().bytes() * 4.0 / 3;
        }
        bytes += withCodec ? OnnxModel.codecBytes(built.network()) : 0;
        if (bytes > MAX_NUMBER_BYTES) {
            throw new InvalidInputException(file + ": an ONNX file holds at most 2 GiB, but this network needs "
                    + Math.round(bytes / (1 << 20)) + " MiB: use npz or safetensors");
        }
    }
}
