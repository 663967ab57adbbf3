package org.superpose.runner.frontier;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.workbench.Measurement;

/** A folder with one JSON file of certificates per row: {@code FOLDER/ROW.json}, a list by instance. */
public final class CertificateFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Certificate>> LIST = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private CertificateFiles() {}

    /**
     * The certificates in a file, by instance.
     *
     * @throws InvalidInputException if it cannot be read or holds something else
     */
    public static List<Certificate> read(Path file) {
        List<Certificate> found;
        try {
            found = JSON.readValue(file.toFile(), LIST);
        } catch (IOException broken) {
            throw new InvalidInputException(
                    file + " could not be read as a list of certificates: "
                            + broken.getMessage().lines().findFirst().orElse(""),
                    broken);
        }
        for (Certificate certificate : found) {
            if (certificate == null || certificate.problem() == null || certificate.construction() == null) {
                throw new InvalidInputException(
                        file + " holds a certificate without the keys problem and construction");
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Certificate::instance))
                .toList();
    }

    /** The certificates of every row that a folder has some of, in the order of the rows. */
    public static Map<FrontierRow, List<Certificate>> readAll(Path folder) {
        Map<FrontierRow, List<Certificate>> all = new LinkedHashMap<>();
        for (FrontierRow row : FrontierRow.ALL) {
            Path file = fileOf(folder, row.id());
            if (Files.exists(file)) {
                all.put(row, read(file));
            }
        }
        return all;
    }

    /** The file of a row. */
    static Path fileOf(Path folder, String row) {
        return folder.resolve(row + ".json");
    }

    /**
     * Adds what was measured: of two certificates of one instance the one of the smaller width stays, of equal widths
     * the newer one.
     *
     * @param rows measurements of the experiment {@code frontier}; those that are not verified are passed over
     * @return how many certificates are new
     */
    public static int merge(Path folder, List<Measurement> rows) {
        Map<String, TreeMap<Integer, Certificate>> byRow = new TreeMap<>();
        Map<Tried, Certificate.Search> searches = searches(rows);
        int added = 0;
        for (Measurement measurement : rows) {
            if (!measurement.isVerified()) {
                continue;
            }
            Certificate fresh = of(measurement, searches.get(Tried.of(measurement)));
            TreeMap<Integer, Certificate> own = byRow.computeIfAbsent(fresh.row(), id -> existing(folder, id));
            Certificate old = own.get(fresh.instance());
            if (old == null || fresh.width() <= old.width()) {
                own.put(fresh.instance(), fresh);
                added++;
            }
        }
        byRow.forEach((row, own) -> write(fileOf(folder, row), new ArrayList<>(own.values())));
        return added;
    }

    /** An instance of a row. */
    private record Tried(String row, long instance) {
        static Tried of(Measurement measurement) {
            return new Tried(measurement.text(FrontierUnit.ROW), measurement.whole(FrontierUnit.INSTANCE));
        }
    }

    /** What was tried for each instance: those without seconds are no networks, but say that none was found. */
    private static Map<Tried, Certificate.Search> searches(List<Measurement> rows) {
        Map<Tried, Certificate.Search> searches = new HashMap<>();
        for (Measurement row : rows) {
            Double seconds = real(row, Measurement.SECONDS);
            if (seconds != null) {
                Certificate.Search before = searches.getOrDefault(Tried.of(row), Certificate.Search.NONE);
                searches.put(Tried.of(row), before.plus(1, seconds));
            }
        }
        searches.replaceAll((tried, search) -> new Certificate.Search(search.networks(), tenths(search.seconds())));
        return searches;
    }

    private static double tenths(double seconds) {
        return Math.rint(seconds * 10) / 10;
    }

    private static TreeMap<Integer, Certificate> existing(Path folder, String row) {
        TreeMap<Integer, Certificate> own = new TreeMap<>();
        Path file = fileOf(folder, row);
        if (Files.exists(file)) {
            read(file).forEach(certificate -> own.put(certificate.instance(), certificate));
        }
        return own;
    }

    /** Writes a file of certificates, in the place of what it held. */
    public static void write(Path file, List<Certificate> certificates) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.writeText(
                    file,
                    JSON.writer(new DefaultPrettyPrinter()
                                            .withObjectIndenter(LINES)
                                            .withArrayIndenter(LINES))
                                    .writeValueAsString(certificates)
                            + "\n");
        } catch (IOException broken) {
            throw new InvalidInputException(file + " could not be written: " + broken, broken);
        }
    }

    private static Certificate of(Measurement row, Certificate.Search search) {
        return new Certificate(
                row.text(FrontierUnit.ROW),
                (int) row.whole(FrontierUnit.INSTANCE),
                row.text(Measurement.PROBLEM),
                row.text(Measurement.CONSTRUCTION),
                texts(row.text(FrontierUnit.SETTINGS)),
                row.whole(Measurement.INSTANCE_SEED),
                row.whole(Measurement.SEED),
                texts(row.text(FrontierUnit.CHOSEN)),
                (int) row.whole(Measurement.WIDTH),
                (int) row.whole(Measurement.LAYERS),
                (int) row.whole(Measurement.OUTPUTS),
                real(row, Measurement.KAPPA),
                real(row, Measurement.WIDTH_LIMIT),
                real(row, Measurement.LIMIT_RATIO),
                row.whole(Measurement.WEIGHT_BITS),
                row.text(FrontierUnit.DIGEST),
                row.text(Measurement.VERDICT),
                row.text(Measurement.METHOD),
                row.text(Measurement.INPUTS_COVERED),
                tenths(real(row, Measurement.SECONDS)),
                search,
                row.text(FrontierUnit.VERSION),
                row.plugins().isEmpty() ? null : row.plugins().files());
    }

    private static Double real(Measurement row, String field) {
        return row.find(field).map(value -> ((Number) value).doubleValue()).orElse(null);
    }

    /** A map as one field of a measurement. */
    static String text(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (IOException foreign) {
            throw new InvalidInputException("a row of results has no settings to certify: " + json, foreign);
        }
    }
}
