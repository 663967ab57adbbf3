package org.superpose.runner.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.workbench.Measurement;

/**
 * Units that are done while readers keep the store closed to its writer: lines of JSON in a file beside it, which are
 * on the disk when {@link #append} returns. The store takes them in when it can, at the latest when the sweep is
 * resumed. A process that is killed while it appends leaves half a line, which counts as not written.
 */
final class WaitingUnits {
    /** The name of the file, in the folder of the store. */
    static final String NAME = "results.waiting";

    /** NaN and infinities as words, which only this class reads. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private final Path file;
    private final int sweepUnits;

    /** @param sweepUnits how many units the sweep in the folder has */
    WaitingUnits(Path folder, int sweepUnits) {
        this.file = folder.resolve(NAME);
        this.sweepUnits = sweepUnits;
    }

    /**
     * A unit as a line has it.
     *
     * @param run the number of the run that did it
     * @param unit its number, from 0
     * @param error why it failed, or null
     * @param started in ISO form
     */
    private record Line(
            int run,
            int unit,
            String error,
            String started,
            double seconds,
            long peakMemoryBytes,
            List<Map<String, Object>> rows) {
        static Line of(int run, UnitRecord unit) {
            return new Line(
                    run,
                    unit.number(),
                    unit.error().orElse(null),
                    unit.started().toString(),
                    unit.seconds(),
                    unit.peakMemoryBytes(),
                    unit.measurements().stream().map(Measurement::fields).toList());
        }

        UnitRecord record() {
            return new UnitRecord(
                    unit,
                    rows.stream().map(Measurement::of).toList(),
                    Optional.ofNullable(error),
                    Instant.parse(started),
                    seconds,
                    peakMemoryBytes);
        }
    }

    /** What is done with units of one run. */
    @FunctionalInterface
    interface Reader {
        void read(int run, List<UnitRecord> units);
    }

    /** How many units there are at this moment. */
    long count() {
        if (isEmpty()) {
            return 0;
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return lines.lines().count();
        } catch (NoSuchFileException takenIn) {
            return 0;
        } catch (IOException broken) {
            throw new StoreException(file + " could not be read: " + broken.getMessage(), broken);
        }
    }

    boolean isEmpty() {
        return !Files.exists(file);
    }

    Path file() {
        return file;
    }

    /**
     * Adds units, which are safe from then on.
     *
     * @throws StoreException if the disk is full, for instance
     */
    void append(int run, Collection<UnitRecord> units) {
        StringBuilder lines = new StringBuilder();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (UnitRecord unit : units) {
                lines.append(JSON.writeValueAsString(Line.of(run, unit))).append('\n');
            }
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException broken) {
            throw new StoreException(file + " could not be written: " + broken.getMessage(), broken);
        }
    }

    /**
     * Hands on the units in the order in which they came.
     *
     * @param most how many of them at a time
     * @throws StoreException if the file cannot be read or was changed
     */
    void forEach(int most, Reader reader) {
        if (isEmpty()) {
            return;
        }
        List<UnitRecord> units = new ArrayList<>();
        int run = 0;
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String text = next(lines); text != null; text = next(lines)) {
                Line line = parse(text, ++number);
                if (units.size() == most || line.run() != run) {
                    hand(reader, run, units);
                }
                run = line.run();
                units.add(unit(line, number));
            }
        } catch (IOException broken) {
            throw new StoreException(file + " could not be read: " + broken.getMessage(), broken);
        }
        hand(reader, run, units);
    }

    private static void hand(Reader reader, int run, List<UnitRecord> units) {
        if (!units.isEmpty()) {
            reader.read(run, List.copyOf(units));
            units.clear();
        }
    }

    /** The next line that is whole, or null. */
    private static String next(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = lines.read(); character >= 0; character = lines.read()) {
            if (character == '\n') {
                return line.toString();
            }
            line.append((char) character);
        }
        return null;
    }

    private Line parse(String text, int number) {
        try {
            return JSON.readValue(text, Line.class);
        } catch (JsonProcessingException broken) {
            throw damaged(number, broken.getOriginalMessage(), broken);
        }
    }

    private UnitRecord unit(Line line, int number) {
        try {
            UnitRecord unit = line.record();
            if (unit.number() < 0 || unit.number() >= sweepUnits) {
                throw new InvalidInputException("the sweep has no unit of the index " + unit.number());
            }
            UnitWriter.requireOwnNames(unit);
            return unit;
        } catch (InvalidInputException | DateTimeException | NullPointerException broken) {
            throw damaged(number, broken.getMessage(), broken);
        }
    }

    private StoreException damaged(int line, String what, Exception cause) {
        return new StoreException(
                file + " is damaged in line " + line + ": " + what + "; without the file its units are done again",
                cause);
    }

    /** Forgets all units: the store has them. */
    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException broken) {
            throw new StoreException(file + " could not be removed: " + broken.getMessage(), broken);
        }
    }
}
