package org.superpose.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * Values as bytes of Java's own serialization. What travels is such bytes, because the serializer that
 * {@code spark.serializer} may name cannot make records.
 */
final class JavaBytes {
    private JavaBytes() {}

    /** @throws IllegalArgumentException if something in the value cannot be serialized */
    static byte[] of(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException unserializable) {
            throw new IllegalArgumentException("a value cannot be sent: " + unserializable, unserializable);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if something in the value is of a class that is unknown here */
    static <T> T read(byte[] bytes, Class<T> type) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException broken) {
            throw new IllegalArgumentException("a value that was sent cannot be read: " + broken, broken);
        }
    }
}
