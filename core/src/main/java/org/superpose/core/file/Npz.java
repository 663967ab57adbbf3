package org.superpose.core.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** NumPy's NPZ format: a zip file of NPY arrays. Written without compression, read with or without. */
public final class Npz implements Closeable {
    private static final String SUFFIX = ".npy";

    private final ZipReader zip;
    private final Set<String> names;

    private Npz(ZipReader zip, Set<String> names) {
        this.zip = zip;
        this.names = names;
    }

    /** Writes arrays in the given order; the same arrays give the same bytes. */
    public static void write(List<NamedArray> arrays, OutputStream out) throws IOException {
        ZipWriter zip = new ZipWriter(out);
        for (NamedArray array : arrays) {
            zip.add(array);
        }
        zip.close();
    }

    /** @throws FileFormatException if it is no sound zip file, or has an entry that is no array */
    public static Npz open(Path file) throws IOException {
        ZipReader zip = ZipReader.open(file);
        Set<String> names = new LinkedHashSet<>();
        for (String entry : zip.names()) {
            if (!entry.endsWith(SUFFIX)) {
                zip.close();
                throw new FileFormatException("has an entry \"" + entry + "\" that is not an array (" + SUFFIX + ")");
            }
            names.add(entry.substring(0, entry.length() - SUFFIX.length()));
        }
        return new Npz(zip, names);
    }

    /** The names of the arrays, in the order of the file. */
    public Set<String> names() {
        return names;
    }

    /** Starts to read one of the arrays; close it after use. */
    public ArrayInput open(String name) throws IOException {
        return open(zip, name);
    }

    static ArrayInput open(ZipReader zip, String name) throws IOException {
        String entry = name + SUFFIX;
        return Npy.open(name, zip.open(entry), zip.size(entry), zip.isProven(entry));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
