package org.superpose.interop.foreign;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.FileFormatException;
import org.superpose.interop.tensor.InputFile;
import org.superpose.interop.tensor.ModelFormat;
import org.superpose.interop.tensor.NpzSource;
import org.superpose.interop.tensor.OnnxTensors;
import org.superpose.interop.tensor.SafetensorsSource;
import org.superpose.interop.tensor.TensorSource;

/** Reads networks made elsewhere: ONNX graphs, and tensors in safetensors and NPZ files. */
public final class ForeignNetworkReader {
    private ForeignNetworkReader() {}

    /**
     * Reads a file; its content tells the format.
     *
     * @throws InvalidInputException if there is no such file, it is of no format that is read, damaged, or holds no
     *     network that is understood: one sentence that begins with the file's name and names the tensors, the nodes or
     *     the key of a map
     */
    public static ForeignNetwork read(Path file, ImportSettings settings) {
        return InputFile.read(file, "network", () -> switch (ModelFormat.of(file)) {
            case NPZ -> {
                try (TensorSource source = new NpzSource(file)) {
                    yield read(source, settings);
                }
            }
            case SAFETENSORS -> {
                try (TensorSource source = SafetensorsSource.open(file)) {
                    yield read(source, settings);
                }
            }
            case ONNX -> readOnnx(file, settings);
        });
    }

    private static ForeignNetwork read(TensorSource source, ImportSettings settings) throws IOException {
        Optional<TensorMap> map = settings.map();
        if (map.isPresent()) {
            return new MappedNetwork(source, map.get(), Map.of(), settings)
                    .read("as the map says, an output is " + map.get().thresholds());
        }
        StateDict names = StateDict.of(source);
        return new MappedNetwork(source, names.map(), names.usual(), settings).read(names.recognised());
    }

    private static ForeignNetwork readOnnx(Path file, ImportSettings settings) throws IOException {
        if (settings.map().isPresent()) {
            throw new FileFormatException(
                    "is an ONNX graph, which says itself what it computes: a map is for files" + " of tensors");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return OnnxGraph.read(ModelProto.parseFrom(in), OnnxTensors.ofModel(file), settings.rounding());
        } catch (InvalidProtocolBufferException damaged) {
            throw new FileFormatException("is no sound ONNX model: " + damaged.getMessage(), damaged);
        }
    }
}
