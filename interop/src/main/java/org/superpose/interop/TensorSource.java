package org.superpose.interop;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.file.ArrayInput;

/** An open file of named arrays and texts, whatever its format. */
interface TensorSource extends Closeable {
    /** The id of the format. */
    String format();

    /** The names of the arrays, texts not among them where the format keeps them apart. */
    Set<String> names();

    /** What is in the file but cannot be an array of a network, each by its name with the reason. */
    Map<String, String> others();

    /** Starts to read an array that {@link #names} has. */
    ArrayInput open(String name) throws IOException;

    /** A text, if there is one of this name. */
    Optional<String> text(String name) throws IOException;

    /** A list of texts, if there is one of this name. */
    Optional<List<String>> texts(String name) throws IOException;
}
