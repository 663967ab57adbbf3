package org.superpose.interop.tensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.file.ArrayInput;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.file.Npz;

/** An NPZ file; texts are arrays of NumPy's text type. */
public final class NpzSource implements TensorSource, NameArrays.Source {
    private final Npz npz;

    /**
     * Opens a file.
     *
     * @throws FileFormatException if there is none, or it is no sound zip file
     */
    public NpzSource(Path file) throws IOException {
        this.npz = Npz.open(file);
    }

    @Override
    public String format() {
        return "npz";
    }

    @Override
    public Set<String> names() {
        return npz.names();
    }

    @Override
    public boolean has(String name) {
        return npz.names().contains(name);
    }

    @Override
    public Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        npz.others().forEach(name -> others.put(name, "is no .npy entry"));
        return others;
    }

    @Override
    public ArrayInput open(String name) throws IOException {
        return npz.open(name);
    }

    @Override
    public Optional<TensorShape> shape(String name) throws IOException {
        if (!has(name)) {
            return Optional.empty();
        }
        try (ArrayInput array = npz.open(name)) {
            return NumberType.of(array.shape().type())
                    .map(type -> new TensorShape(type, array.shape().dimensions()));
        } catch (FileFormatException noNumbers) {
            return Optional.empty();
        }
    }

    @Override
    public String describe(String name) throws IOException {
        if (!has(name)) {
            return others().get(name);
        }
        try (ArrayInput array = npz.open(name)) {
            return "is " + array.shape();
        } catch (FileFormatException noNumbers) {
            String prefix = "array " + name + " ";
            String what = noNumbers.getMessage();
            return what.startsWith(prefix) ? what.substring(prefix.length()) : what;
        }
    }

    @Override
    public Tensor tensor(String name) throws IOException {
        try (ArrayInput array = npz.open(name)) {
            TensorShape shape = new TensorShape(
                    NumberType.of(array.shape().type()).orElseThrow(),
                    array.shape().dimensions());
            return new Tensor(name, shape, array.elements());
        }
    }

    @Override
    public Optional<String> text(String name) throws IOException {
        Optional<List<String>> texts = texts(name);
        if (texts.isPresent() && texts.get().size() != 1) {
            throw new FileFormatException(
                    "array " + name + " has " + texts.get().size() + " texts, but must be a single one");
        }
        return texts.map(list -> list.get(0));
    }

    @Override
    public Optional<List<String>> texts(String name) throws IOException {
        if (NameArrays.isCompact(this, name)) {
            return Optional.of(NameArrays.read(this, name));
        }
        if (!npz.names().contains(name)) {
            return Optional.empty();
        }
        try (ArrayInput array = npz.open(name)) {
            return Optional.of(List.of(array.texts()));
        }
    }

    @Override
    public void close() throws IOException {
        npz.close();
    }
}
