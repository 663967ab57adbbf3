package org.superpose.core.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * NumPy's NPZ format: a zip file of NPY arrays. Written without compression, little-endian and in C order; read with or
 * without compression and in any order.
 */
public final class Npz implements Closeable {
    private static final String SUFFIX = ".npy";

    private final ZipReader zip;
    private final Set<String> names;
    private final Set<String> others;

    private Npz(ZipReader zip, Set<String> names, Set<String> others) {
        this.zip = zip;
        this.names = names;
        this.others = others;
    }

    /** Writes arrays in the given order; the same arrays give the same bytes. */
    public static void write(List<NamedArray> arrays, OutputStream out) throws IOException {
        ZipWriter zip = new ZipWriter(out);
        for (NamedArray array : arrays) {
            zip.add(array);
        }
        zip.close();
    }

    /**
     * Opens a file; entries that are no arrays are left alone.
     *
     * @throws FileFormatException if it is no sound zip file, or two entries are one array for NumPy
     */
    public static Npz open(Path file) throws IOException {
        ZipReader zip = ZipReader.open(file);
        Set<String> names = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (String entry : zip.names()) {
            if (zip.names().contains(entry + SUFFIX)) {
                zip.close();
                throw new FileFormatException("has the entries \"" + entry + "\" and \"" + entry + SUFFIX
                        + "\", which may be one array or two");
            }
            if (entry.endsWith(SUFFIX)) {
                names.add(entry.substring(0, entry.length() - SUFFIX.length()));
            } else {
                others.add(entry);
            }
        }
        return new Npz(zip, names, others);
    }

    /** The names of the arrays, in the order of the file. */
    public Set<String> names() {
        return names;
    }

    /** The entries that are no arrays by their names. */
    public Set<String> others() {
        return others;
    }

    /** Starts to read one of the arrays; close it after use. */
    public ArrayInput open(String name) throws IOException {
        return open(zip, name, Npy.Writer.ANY);
    }

    /** Starts to read an array that only a given writer may have written. */
    static ArrayInput open(ZipReader zip, String name, Npy.Writer writer) throws IOException {
        String entry = name + SUFFIX;
        return Npy.open(name, zip.open(entry), zip.size(entry), zip.isProven(entry), writer);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
