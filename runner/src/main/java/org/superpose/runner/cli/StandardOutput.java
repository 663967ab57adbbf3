package org.superpose.runner.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Standard output that remembers its first failure; writers on top of it keep quiet about failures. */
final class StandardOutput extends FilterOutputStream {
    private IOException failure;

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        try {
            out.write(value);
        } catch (IOException failed) {
            throw remember(failed);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failed) {
            throw remember(failed);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException failed) {
            throw remember(failed);
        }
    }

    private IOException remember(IOException failed) {
        failure = failure == null ? failed : failure;
        return failed;
    }

    /**
     * Why results were lost. A reader that has seen enough and closes its pipe, as {@code head} does, loses nothing.
     */
    Optional<String> loss() {
        return Optional.ofNullable(failure)
                .map(IOException::toString)
                .filter(words -> !words.toLowerCase(Locale.ROOT).contains("pipe"))
                .map(words -> "standard output cannot be written: " + failure.getMessage());
    }
}
