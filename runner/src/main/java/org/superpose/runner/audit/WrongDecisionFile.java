package org.superpose.runner.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.superpose.core.InvalidInputException;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.Npz;
import org.superpose.runner.store.file.StoreFile;

/**
 * Every wrong decision of an audit as Parquet, NPZ or CSV, by the ending of the file's name. They are kept in a
 * temporary file until the audit is done, because there may be more of them than fit into memory.
 */
public final class WrongDecisionFile implements WrongDecisions, AutoCloseable {
    private static final int NONE = -1;

    private final Path target;
    private final Format format;
    private final int maxActive;
    private final Path spool;
    private final DataOutputStream out;
    private long count;

    /** The formats, by the ending of the name. */
    private enum Format {
        PARQUET,
        NPZ,
        CSV
    }

    /**
     * Opens it; nothing is at the target before {@link #finish}.
     *
     * @param option names the file, for messages
     * @param maxActive v
     * @throws InvalidInputException if the name has another ending
     */
    public WrongDecisionFile(String option, Path target, int maxActive) {
        this.target = target;
        this.format = format(option, target);
        this.maxActive = maxActive;
        try {
            this.spool = Files.createTempFile("superpose-wrong", ".tmp");
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(spool), 1 << 16));
        } catch (IOException broken) {
            throw new InvalidInputException(
                    "wrong decisions need a temporary file, which cannot be made: " + broken.getMessage(), broken);
        }
    }

    /** The ending of the name, with its dot. */
    public static String ending(String option, Path target) {
        return "." + format(option, target).name().toLowerCase(Locale.ROOT);
    }

    private static Format format(String option, Path target) {
        String name = target.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(Format.values())
                .filter(each -> name.endsWith("." + each.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        option + " " + target + ": the name must end with .parquet, .npz or .csv"));
    }

    @Override
    public void accept(FeatureSet input, int output, float margin) {
        try {
            for (int s = 0; s < maxActive; s++) {
                out.writeInt(s < input.size() ? input.get(s) : NONE);
            }
            out.writeInt(output);
            out.writeFloat(margin);
            count++;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Writes the target, whole or not at all; returns how many decisions are in it. */
    public long finish() {
        try {
            out.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        switch (format) {
            case CSV ->
                AtomicFile.write(target, stream -> {
                    Writer text = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
                    text.write("input,output,margin\n");
                    each((input, output, margin) -> text.write(Arrays.stream(input)
                                    .filter(feature -> feature != NONE)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(" "))
                            + "," + output + "," + margin + "\n"));
                    text.flush();
                });
            case NPZ -> AtomicFile.write(target, stream -> Npz.write(arrays(), stream));
            case PARQUET -> AtomicFile.writeByName(target, this::writeParquet);
        }
        return count;
    }

    /** One record of the spool. */
    private interface Reader {
        void read(int[] input, int output, float margin) throws IOException;
    }

    private void each(Reader reader) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(spool), 1 << 16))) {
            int[] input = new int[maxActive];
            for (long d = 0; d < count; d++) {
                for (int s = 0; s < maxActive; s++) {
                    input[s] = in.readInt();
                }
                reader.read(input, in.readInt(), in.readFloat());
            }
        }
    }

    private List<NamedArray> arrays() {
        if (count > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    target + ": " + count
                            + " wrong decisions are more than an array of an NPZ file can hold here; name a .parquet or .csv file");
        }
        int rows = (int) count;
        return List.of(
                new NamedArray(
                        "inputs",
                        ArrayShape.of(ElementType.INT32, rows, maxActive),
                        to -> each((input, output, margin) -> {
                            for (int feature : input) {
                                to.putInt(feature);
                            }
                        })),
                new NamedArray(
                        "outputs",
                        ArrayShape.of(ElementType.INT32, rows),
                        to -> each((input, output, margin) -> to.putInt(output))),
                new NamedArray(
                        "margins",
                        ArrayShape.of(ElementType.FLOAT32, rows),
                        to -> each((input, output, margin) -> to.putFloat(margin))));
    }

    private void writeParquet(Path temporary) throws IOException {
        String columns = IntStream.range(0, maxActive).mapToObj(s -> "i" + s).collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE wrong (" + columns.replace(",", " INTEGER,")
                    + " INTEGER, output INTEGER, margin REAL)");
            try (DuckDBAppender rows = connection.unwrap(DuckDBConnection.class).createAppender("main", "wrong")) {
                each((input, output, margin) -> append(rows, input, output, margin));
            }
            statement.execute("COPY (SELECT list_filter([" + columns
                    + "], lambda x: x >= 0) AS input, output, margin FROM wrong) TO "
                    + StoreFile.literal(temporary.toString()) + " (FORMAT parquet)");
        } catch (SQLException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static void append(DuckDBAppender rows, int[] input, int output, float margin) throws IOException {
        try {
            rows.beginRow();
            for (int feature : input) {
                rows.append(feature);
            }
            rows.append(output);
            rows.append(margin);
            rows.endRow();
        } catch (SQLException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(spool);
        } catch (IOException left) {
            System.getLogger(WrongDecisionFile.class.getName())
                    .log(System.Logger.Level.WARNING, "the temporary file " + spool + " could not be removed", left);
        }
    }
}
