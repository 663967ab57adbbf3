package org.superpose.problems;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.superpose.core.InvalidInputException;

/**
 * A user's UTF-8 text file, named as the user named it in every message.
 *
 * @param source the name
 * @param text the content without a byte order mark
 */
record TextFile(String source, String text) {
    private static final long MAX_BYTES = 1L << 30;

    /**
     * Reads a file.
     *
     * @param kind what it should be, for messages: {@code a PLA file}
     * @throws InvalidInputException if there is no such file, it is no regular file, too large, or not UTF-8
     */
    static TextFile read(String source, String kind) {
        try {
            Path path = Path.of(source);
            if (!Files.exists(path)) {
                throw new InvalidInputException(
                        "file \"" + source + "\" does not exist: file must be the path of " + kind);
            }
            if (!Files.isRegularFile(path)) {
                throw new InvalidInputException("file \"" + source + "\" is not a regular file");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new InvalidInputException("file \"" + source + "\" has " + Files.size(path) + " bytes: " + kind
                        + " can have at most " + MAX_BYTES);
            }
            return ofBytes(source, Files.readAllBytes(path));
        } catch (IOException | InvalidPathException failure) {
            throw new InvalidInputException("file \"" + source + "\" cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Strictly: a file in another encoding must not turn into other words. */
    static TextFile ofBytes(String source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (decoder.decode(in, out, true).isError()) {
            long line = 1;
            for (int t = 0; t < in.position(); t++) {
                line += bytes[t] == '\n' ? 1 : 0;
            }
            throw new InvalidInputException(
                    "file \"" + source + "\", line " + line + ": it is not UTF-8 text (byte " + (in.position() + 1)
                            + " of the file is 0x" + Integer.toHexString(bytes[in.position()] & 0xff) + ")");
        }
        String text = out.flip().toString();
        return new TextFile(source, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** What is wrong with one line, counted from 1. */
    InvalidInputException invalid(long line, String what) {
        return new InvalidInputException("file \"" + source + "\", line " + line + ": " + what);
    }
}
