package org.superpose.runner.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.random.Seed;
import org.superpose.interop.foreign.TruthTable;
import org.superpose.interop.foreign.TruthTableFile;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Workbench;

/**
 * A file that says what a network should compute: a CSV of pairs ({@code first,second}), a CSV of formulas
 * ({@code output,formula}), a PLA file, or a truth table in NPZ. Its content tells which.
 */
public final class TruthFile {
    private static final String MAX_ACTIVE = "max-active";
    private static final String MIN_ACTIVE = "min-active";

    private final Workbench workbench;
    private final Path file;
    private final Kind kind;

    private enum Kind {
        PAIRS("feature-pairs"),
        FORMULAS("formulas"),
        PLA("truth-table"),
        TABLE("");

        private final String problem;

        Kind(String problem) {
            this.problem = problem;
        }
    }

    /**
     * Looks at a file.
     *
     * @throws InvalidInputException if there is none, or it is of none of these kinds
     */
    public TruthFile(Workbench workbench, Path file) {
        this.workbench = workbench;
        this.file = file;
        this.kind = kind(file);
    }

    private static Kind kind(Path file) {
        GivenFile.require(file, "truth file");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
                return Kind.TABLE;
            }
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".pla") ? Kind.PLA : ofText(file);
    }

    private static InvalidInputException unreadable(Path file, IOException why) {
        return new InvalidInputException("the truth file " + file + " cannot be read: " + why, why);
    }

    private static Kind ofText(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.replace("\uFEFF", "").strip();
                if (text.isEmpty()
                        || text.startsWith("#")
                        || text.toLowerCase(Locale.ROOT).startsWith("sep=")) {
                    continue;
                }
                if (text.startsWith(".")) {
                    return Kind.PLA;
                }
                String header = text.replace("\"", "")
                        .replaceAll("\\s*[,;\\t|]\\s*", ",")
                        .toLowerCase(Locale.ROOT);
                if (header.equals("first,second")) {
                    return Kind.PAIRS;
                }
                if (header.equals("output,formula")) {
                    return Kind.FORMULAS;
                }
                throw new InvalidInputException("the truth file " + file + " begins with \""
                        + (text.length() > 60 ? text.substring(0, 60) + "..." : text)
                        + "\", but must have the header first,second (pairs of features) or output,formula, or be a PLA"
                        + " file or a truth table in NPZ");
            }
        } catch (CharacterCodingException noText) {
            throw new InvalidInputException("the truth file " + file + " is neither text in UTF-8 nor NPZ", noText);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
        throw new InvalidInputException("the truth file " + file + " is empty");
    }

    /** Whether the file says itself how many features there are, as pairs by index do not. */
    public boolean knowsFeatures() {
        return kind != Kind.PAIRS;
    }

    /**
     * What the file says.
     *
     * @param features m, where the network says it
     * @param minActive the fewest active features; a truth table has it inside
     * @param maxActive the most active features; a truth table has it inside
     * @throws InvalidInputException if the file is broken, a bound is missing, or is another than in the file
     */
    public Truth read(OptionalInt features, OptionalInt minActive, OptionalInt maxActive) {
        if (kind == Kind.TABLE) {
            return table(minActive, maxActive);
        }
        if (maxActive.isEmpty()) {
            throw new InvalidInputException(
                    "--truth " + file + " needs --max-active, the largest number of active features");
        }
        Assignments assignments = Assignments.NONE.with("file", file).with(MAX_ACTIVE, maxActive.getAsInt());
        if (minActive.isPresent()) {
            assignments = assignments.with(MIN_ACTIVE, minActive.getAsInt());
        }
        if (kind == Kind.PAIRS && features.isPresent()) {
            assignments = assignments.with("inputs", features.getAsInt());
        }
        return new Truth.OfInstance(workbench.instance(kind.problem, assignments, new Seed(0)));
    }

    private Truth table(OptionalInt minActive, OptionalInt maxActive) {
        TruthTable table = TruthTableFile.read(file);
        InputDomain domain = table.domain();
        requireSame("--max-active", maxActive, domain.maxActive());
        requireSame("--min-active", minActive, domain.minActive());
        return new Truth.OfTable(table);
    }

    private void requireSame(String option, OptionalInt given, int inFile) {
        if (given.isPresent() && given.getAsInt() != inFile) {
            throw new InvalidInputException(option + " is " + given.getAsInt() + ", but the truth table " + file
                    + " has " + inFile + ": leave the option away, or write another table");
        }
    }
}
