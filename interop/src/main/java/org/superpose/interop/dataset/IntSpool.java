package org.superpose.interop.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.ScratchFiles;

/**
 * Rows of features of a level, put aside in a scratch file until all are known: an array of any length in no memory.
 */
final class IntSpool implements Closeable {
    private final Path file;
    private final DataOutputStream out;
    private final int[] offsets;
    private int rows;

    IntSpool(int rows) {
        this.offsets = new int[rows + 1];
        this.file = ScratchFiles.createFile(".ints");
        try {
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void add(int[] members) {
        long end = (long) offsets[rows] + members.length;
        if (end > Integer.MAX_VALUE) {
            throw new InvalidInputException("the truth of " + offsets.length
                    + " samples has more than 2^31 features that are on: draw fewer samples");
        }
        try {
            for (int member : members) {
                out.writeInt(member);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        offsets[++rows] = (int) end;
    }

    /** Where each row begins, when all are there. */
    NamedArray offsets(String name) {
        return NamedArray.ints(name, offsets);
    }

    /** The members of all rows. */
    NamedArray members(String name) {
        try {
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new NamedArray(name, ArrayShape.of(ElementType.INT32, offsets[rows]), to -> {
            try (InputStream bytes = Files.newInputStream(file);
                    DataInputStream in = new DataInputStream(new BufferedInputStream(bytes, 1 << 16))) {
                for (int i = 0; i < offsets[rows]; i++) {
                    to.putInt(in.readInt());
                }
            }
        });
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
