package org.superpose.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.Npz;
import org.superpose.core.network.DenseMatrix;

/** Hands arrays to Python. */
final class NumPyArrays {
    private NumPyArrays() {}

    /** Numbers row by row. */
    record Matrix(int rows, int columns, float[] values) {}

    /** Writes them into a temporary NPZ file. */
    static Path write(Map<String, Matrix> arrays) throws IOException {
        Path file = Files.createTempFile("superpose", ".npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz.write(
                    arrays.entrySet().stream()
                            .map(each -> NamedArray.dense(
                                    each.getKey(),
                                    new DenseMatrix(
                                            each.getValue().rows(),
                                            each.getValue().columns(),
                                            each.getValue().values())))
                            .toList(),
                    out);
        }
        return file;
    }
}
