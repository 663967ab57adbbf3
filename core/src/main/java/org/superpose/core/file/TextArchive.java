package org.superpose.core.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A zip file of a few texts, written and read like all others: the same bytes everywhere, and nothing ambiguous. */
public final class TextArchive {
    private TextArchive() {}

    /** Writes texts in UTF-8 under their names, in the order of the map. */
    public static void write(Map<String, String> texts, OutputStream out) throws IOException {
        ZipWriter zip = new ZipWriter(out);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            zip.add(text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
        }
        zip.close();
    }

    /**
     * Reads one of the texts.
     *
     * @param limit the most bytes that it may have
     * @throws FileFormatException if it is no sound zip file, or has no such text of at most so many bytes
     */
    public static byte[] read(Path file, String name, int limit) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            if (!zip.names().contains(name)) {
                throw new FileFormatException("has no entry \"" + name + "\"");
            }
            return zip.readAll(name, limit);
        }
    }
}
