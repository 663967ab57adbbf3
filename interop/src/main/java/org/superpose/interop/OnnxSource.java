package org.superpose.interop;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.interop.tensor.OnnxTensors;
import org.superpose.interop.tensor.Tensor;
import org.superpose.interop.tensor.TensorShape;
import org.superpose.interop.tensor.TensorSource;

/**
 * An ONNX file that was exported here: the numbers of the layers are initialisers of the graph, all other arrays are in
 * the model's metadata. What the graph computes is not read from it but compared with what an export would write.
 */
final class OnnxSource implements TensorSource {
    private static final JsonMapper JSON = new JsonMapper();

    private final ModelProto model;
    private final Map<String, TensorProto> tensors = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** @throws FileFormatException if it is no sound model, or an array in its metadata is broken */
    OnnxSource(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            this.model = ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException damaged) {
            throw new FileFormatException("is no sound ONNX model: " + damaged.getMessage(), damaged);
        }
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (ExportedArrays.isOfLayer(tensor.getName())) {
                tensors.put(tensor.getName(), tensor);
            }
        }
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (entry.getValue().startsWith(OnnxModel.ARRAY)) {
                tensors.put(entry.getKey(), array(entry));
            } else {
                texts.put(entry.getKey(), entry.getValue());
            }
        }
    }

    private static TensorProto array(StringStringEntryProto entry) throws FileFormatException {
        try {
            String encoded = entry.getValue().substring(OnnxModel.ARRAY.length());
            return TensorProto.parseFrom(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException | InvalidProtocolBufferException broken) {
            throw new FileFormatException("has metadata \"" + entry.getKey() + "\" that are no array", broken);
        }
    }

    /**
     * Insists that the graph is the one that an export of a network has, up to the numbers of its layers.
     *
     * @throws FileFormatException if it is another one
     */
    void requireGraphOf(BuiltNetwork built) throws FileFormatException {
        boolean withCodec = model.getGraph().getInputCount() == 1
                && model.getGraph().getInput(0).getName().equals(OnnxModel.FEATURES);
        ModelProto expected = new OnnxModel(built).model(withCodec);
        UnaryOperator<ModelProto> structure = each -> {
            ModelProto.Builder stripped = ModelProto.newBuilder().setGraph(each.getGraph());
            stripped.getGraphBuilder().getInitializerBuilderList().forEach(tensor -> {
                if (ExportedArrays.isOfLayer(tensor.getName())) {
                    tensor.clearRawData();
                }
            });
            return stripped.build();
        };
        if (!structure.apply(model).equals(structure.apply(expected))) {
            throw new FileFormatException("has a graph that is not the one which its metadata describe: remove the"
                    + " metadata to have it read as a network made elsewhere");
        }
    }

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Map<String, String> others() {
        return Map.of();
    }

    @Override
    public ArrayInput open(String name) throws IOException {
        Tensor tensor = tensor(name);
        ElementType type = switch (tensor.shape().type()) {
            case FLOAT32 -> ElementType.FLOAT32;
            case INT32 -> ElementType.INT32;
            default ->
                throw new FileFormatException(
                        "array " + name + " is " + tensor.shape() + ", but must be float32 or int32");
        };
        ByteBuffer elements = tensor.elements();
        byte[] bytes = new byte[elements.remaining()];
        elements.get(bytes);
        return new ArrayInput(
                name, new ArrayShape(type, tensor.shape().dimensions()), new ByteArrayInputStream(bytes), true);
    }

    @Override
    public Optional<TensorShape> shape(String name) throws IOException {
        return tensors.containsKey(name) ? Optional.of(tensor(name).shape()) : Optional.empty();
    }

    @Override
    public String describe(String name) throws IOException {
        return "is " + tensor(name).shape();
    }

    @Override
    public Tensor tensor(String name) throws IOException {
        return OnnxTensors.ofModelAlone().read(name, tensors.get(name));
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    @Override
    public Optional<List<String>> texts(String name) throws IOException {
        if (!texts.containsKey(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.of(JSON.readValue(texts.get(name), String[].class)));
        } catch (JsonProcessingException | NullPointerException broken) {
            throw new FileFormatException("has metadata \"" + name + "\" that are not a JSON list of texts", broken);
        }
    }

    @Override
    public void close() {
        // all of it is in memory
    }
}
