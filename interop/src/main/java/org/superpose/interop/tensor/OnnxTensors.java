package org.superpose.interop.tensor;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.file.FileFormatException;

/**
 * Tensors of an ONNX model, whose numbers are in one of several fields of the message or in a file beside the model
 * (onnx.proto, message TensorProto; docs/ExternalData.md of the ONNX project).
 */
public final class OnnxTensors {
    private static final int MOST_NUMBERS = Integer.MAX_VALUE / 8;

    private final Optional<Path> model;

    private OnnxTensors(Optional<Path> model) {
        this.model = model;
    }

    /** Of a model beside whose file there may be others with numbers. */
    public static OnnxTensors ofModel(Path file) {
        return new OnnxTensors(Optional.of(file));
    }

    /** Of a model whose numbers are all in its own file. */
    public static OnnxTensors ofModelAlone() {
        return new OnnxTensors(Optional.empty());
    }

    /**
     * The numbers of a tensor.
     *
     * @param name for messages
     * @throws FileFormatException if it is not one of numbers in at most two dimensions, or its numbers are not there
     */
    public Tensor read(String name, TensorProto proto) throws IOException {
        NumberType type = type(proto);
        if (type == null) {
            throw new FileFormatException("array " + name + " has elements of the ONNX type " + typeName(proto)
                    + ", but must be of real or whole numbers");
        }
        List<Integer> dimensions = new ArrayList<>();
        for (long dimension : proto.getDimsList()) {
            if (dimension < 0 || dimension > MOST_NUMBERS) {
                throw new FileFormatException(
                        "array " + name + " has the dimension " + dimension + ", which is not in 0.." + MOST_NUMBERS);
            }
            dimensions.add((int) dimension);
        }
        if (dimensions.size() > 2) {
            throw new FileFormatException(
                    "array " + name + " is " + type + " " + dimensions + ", but must have at most two dimensions");
        }
        TensorShape shape = new TensorShape(type, dimensions);
        ByteBuffer elements = elements(name, proto, shape);
        long needed = shape.elements() * type.bytes();
        if (elements.remaining() != needed) {
            throw new FileFormatException("array " + name + " is " + shape + ", which takes " + needed
                    + " bytes, but has " + elements.remaining());
        }
        return new Tensor(name, shape, elements);
    }

    private static NumberType type(TensorProto proto) {
        return switch (TensorProto.DataType.forNumber(proto.getDataType()) == null
                ? TensorProto.DataType.UNDEFINED
                : TensorProto.DataType.forNumber(proto.getDataType())) {
            case FLOAT -> NumberType.FLOAT32;
            case DOUBLE -> NumberType.FLOAT64;
            case FLOAT16 -> NumberType.FLOAT16;
            case BFLOAT16 -> NumberType.BFLOAT16;
            case INT8 -> NumberType.INT8;
            case INT16 -> NumberType.INT16;
            case INT32 -> NumberType.INT32;
            case INT64 -> NumberType.INT64;
            case UINT8 -> NumberType.UINT8;
            case UINT16 -> NumberType.UINT16;
            case UINT32 -> NumberType.UINT32;
            case UINT64 -> NumberType.UINT64;
            case BOOL -> NumberType.BOOL;
            default -> null;
        };
    }

    private static String typeName(TensorProto proto) {
        TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
        return type == null ? "number " + proto.getDataType() : type.name();
    }

    private ByteBuffer elements(String name, TensorProto proto, TensorShape shape) throws IOException {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return external(name, proto, shape.elements() * shape.type().bytes());
        }
        if (proto.hasRawData()) {
            return proto.getRawData().asReadOnlyByteBuffer();
        }
        return listed(proto, shape.type());
    }

    /** The numbers in the list that the format keeps for their type. */
    private static ByteBuffer listed(TensorProto proto, NumberType type) throws FileFormatException {
        int count = switch (type) {
            case FLOAT32 -> proto.getFloatDataCount();
            case FLOAT64 -> proto.getDoubleDataCount();
            case INT64 -> proto.getInt64DataCount();
            case UINT32, UINT64 -> proto.getUint64DataCount();
            default -> proto.getInt32DataCount();
        };
        if (count > MOST_NUMBERS) {
            throw new FileFormatException("has a tensor of " + count + " numbers, more than can be read");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            switch (type) {
                case FLOAT32 -> bytes.putFloat(proto.getFloatData(i));
                case FLOAT64 -> bytes.putDouble(proto.getDoubleData(i));
                case INT64 -> bytes.putLong(proto.getInt64Data(i));
                case UINT64 -> bytes.putLong(proto.getUint64Data(i));
                case UINT32 -> bytes.putInt((int) proto.getUint64Data(i));
                case INT32 -> bytes.putInt(proto.getInt32Data(i));
                case FLOAT16, BFLOAT16, INT16, UINT16 -> bytes.putShort((short) proto.getInt32Data(i));
                default -> bytes.put((byte) proto.getInt32Data(i));
            }
        }
        return bytes.flip();
    }

    private ByteBuffer external(String name, TensorProto proto, long needed) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        for (StringStringEntryProto entry : proto.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        String location = entries.getOrDefault("location", "");
        Path file = beside(name, location);
        long offset = number(name, entries, "offset", 0);
        long length = number(name, entries, "length", Files.size(file) - offset);
        if (length != needed || offset > Files.size(file) - length) {
            throw new FileFormatException("array " + name + " takes " + needed + " bytes, but has " + length
                    + " at byte " + offset + " of \"" + location + "\", which has " + Files.size(file));
        }
        if (length > MOST_NUMBERS) {
            throw new FileFormatException("array " + name + " takes " + (length >> 20) + " MiB, more than can be read");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
        }
        return bytes.flip();
    }

    /** The file of the numbers, which must be in the folder of the model or below: a model is not to read others. */
    private Path beside(String name, String location) throws IOException {
        try {
            if (model.isPresent() && !location.isEmpty()) {
                Path folder = model.get().toAbsolutePath().getParent().toRealPath();
                Path file = folder.resolve(location);
                if (Files.isRegularFile(file) && file.toRealPath().startsWith(folder)) {
                    return file;
                }
            }
        } catch (InvalidPathException noName) {
            // then there is no such file
        }
        throw new FileFormatException("array " + name + " has its numbers in the file \"" + location
                + "\", which is not beside the model: put it there, or save the model as one file");
    }

    private static long number(String name, Map<String, String> entries, String key, long otherwise)
            throws FileFormatException {
        String text = entries.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException noNumber) {
            // as bad as a negative one
        }
        throw new FileFormatException("array " + name + " has the " + key + " \"" + text
                + "\" in another file, which is not a whole number from 0 on");
    }
}
