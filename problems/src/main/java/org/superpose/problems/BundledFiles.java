package org.superpose.problems;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;

/**
 * Files of one kind that come with Superpose. {@code bundled:NAME} means one of them wherever the path of such a file
 * may stand.
 *
 * @param kind what they are, for messages: {@code a PLA file}
 * @param extension of their resources, with the dot
 * @param names what they are called
 */
record BundledFiles(String kind, String extension, List<String> names) {
    private static final String PREFIX = "bundled:";

    BundledFiles {
        names = List.copyOf(names);
    }

    /**
     * Reads a bundled file, or the user's own.
     *
     * @throws InvalidInputException if there is no such file, or it is no readable UTF-8 text
     */
    TextFile read(String source) {
        return source.startsWith(PREFIX)
                ? TextFile.ofBytes(source, bytes(source.substring(PREFIX.length())))
                : TextFile.read(source, choices());
    }

    /** What may be given: {@code a PLA file or bundled:seven-segment}. */
    String choices() {
        return kind + names.stream().map(name -> " or " + PREFIX + name).collect(Collectors.joining());
    }

    private byte[] bytes(String name) {
        String what = kind.substring(kind.indexOf(' ') + 1);
        if (!names.contains(name)) {
            throw new InvalidInputException(
                    "no " + what + " \"" + name + "\" is bundled" + NearestName.suggestion(name, names));
        }
        try (InputStream stream = BundledFiles.class.getResourceAsStream(name + extension)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + name + extension + " is missing from the jar");
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new InvalidInputException(
                    "bundled file \"" + name + "\" cannot be read: " + failure.getMessage(), failure);
        }
    }
}
