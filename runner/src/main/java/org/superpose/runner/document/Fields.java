package org.superpose.runner.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;

/**
 * A group of keys being read; every complaint names the file, the line and the key.
 *
 * @param file name for messages
 * @param group the keys
 */
public record Fields(String file, Located.Group group) {

    /** @throws InvalidInputException if the value is not a group of keys */
    public static Fields of(String file, Located value, String what) {
        if (value instanceof Located.Group group) {
            return new Fields(file, group);
        }
        throw new InvalidInputException(
                file + " line " + value.line() + ": " + what + " must be a group of keys, not " + value.kind());
    }

    /** Insists that there are no other keys than these. */
    public Fields only(Collection<String> known) {
        group.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                throw refuse(entry.line(), "there is no key \"" + key + "\" here" + NearestName.suggestion(key, known));
            }
        });
        return this;
    }

    /** What is wrong on a line of the file. */
    public InvalidInputException refuse(int line, String what) {
        return new InvalidInputException(file + " line " + line + ": " + what);
    }

    /** The value of a key. */
    public Optional<Located> find(String key) {
        return Optional.ofNullable(group.entries().get(key)).map(Located.Entry::value);
    }

    /** A single value read by a function whose complaints are given their place. */
    public <T> Optional<T> find(String key, Function<String, T> read) {
        return find(key).map(value -> read(key, value, read));
    }

    /** A single value that must be there. */
    public <T> T require(String key, String what, Function<String, T> read) {
        return find(key, read).orElseThrow(() -> refuse(group.line(), "the key " + key + " is missing: " + what));
    }

    /** A single value read by a function whose complaints are given their place. */
    public <T> T read(String key, Located value, Function<String, T> read) {
        if (!(value instanceof Located.Scalar scalar)) {
            throw refuse(value.line(), key + " must be a single value, not " + value.kind());
        }
        try {
            return read.apply(scalar.text());
        } catch (InvalidInputException refused) {
            throw new InvalidInputException(file + " line " + value.line() + ": " + refused.getMessage(), refused);
        }
    }

    /** One value or a list of them, each read by a function; none of them twice. */
    public <T> List<T> all(String key, Function<String, T> read) {
        Optional<Located> found = find(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (!(found.get() instanceof Located.Items list)) {
            return List.of(read(key, found.get(), read));
        }
        if (list.items().isEmpty()) {
            throw refuse(list.line(), key + " is an empty list");
        }
        List<T> values = new ArrayList<>();
        for (Located item : list.items()) {
            T value = read(key, item, read);
            if (values.contains(value)) {
                throw refuse(item.line(), key + " gives one value twice, which would count the same work twice");
            }
            values.add(value);
        }
        return values;
    }
}
