package org.superpose.interop;

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
final class NpzSource implements TensorSource, NameArrays.Source {
    private final Npz npz;

    NpzSource(Path file) throws IOException {
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
