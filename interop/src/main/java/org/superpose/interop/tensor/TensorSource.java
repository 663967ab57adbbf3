package org.superpose.interop.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.file.ArrayInput;

/** An open file of named arrays and texts, whatever its format. */
public interface TensorSource extends Closeable {
    /** The id of the format. */
    String format();

    /** The names of the arrays, texts not among them where the format keeps them apart. */
    Set<String> names();

    /** What is in the file but cannot be an array of a network, each by its name with the reason. */
    Map<String, String> others();

    /** Starts to read an array that {@link #names} has. */
    ArrayInput open(String name) throws IOException;

    /**
     * The kind and the dimensions of an array of numbers that a network made elsewhere may have.
     *
     * @return empty if there is no array of this name, or it is not one of numbers in at most two dimensions
     */
    Optional<TensorShape> shape(String name) throws IOException;

    /** What an array or another entry is, for messages: {@code is F8_E4M3 [2, 3]}. */
    String describe(String name) throws IOException;

    /** The numbers of an array of which {@link #shape} knows the shape. */
    Tensor tensor(String name) throws IOException;

    /** A text, if there is one of this name. */
    Optional<String> text(String name) throws IOException;

    /** A list of texts, if there is one of this name. */
    Optional<List<String>> texts(String name) throws IOException;
}
