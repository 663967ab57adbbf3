package org.superpose.runner.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.Extreme;
import org.superpose.core.audit.MarginHistogram;
import org.superpose.core.audit.OutputAudit;
import org.superpose.core.audit.WorstInput;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.workbench.CodeHash;

/**
 * What an audit found before it was cut off, in a JSON file, so that it can go on later. It is good for one audit and
 * one build of Superpose. What it says is taken on trust.
 */
public final class AuditFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;
    private static final long MAX_BYTES = 1L << 30;

    private final Path file;

    /** The file, which need not exist yet. */
    public AuditFile(Path file) {
        this.file = file;
    }

    private record Content(
            int format,
            String build,
            String audit,
            long[] covered,
            List<Long> wrongByActive,
            List<Long> undecidedByActive,
            long falsePositives,
            long falseNegatives,
            long undecided,
            List<Output> outputs,
            long[] margins,
            List<Worst> worst) {}

    private record Output(double on, double off, long errors, long undecided, Seen leastOn, Seen mostOff) {}

    private record Seen(double value, int[] input) {
        static Seen of(Optional<Extreme> extreme) {
            return extreme.map(each -> new Seen(each.value(), each.input().toArray()))
                    .orElse(null);
        }

        static Optional<Extreme> extreme(Seen seen) {
            return Optional.ofNullable(seen).map(each -> new Extreme(each.value, FeatureSet.of(each.input)));
        }
    }

    private record Worst(int[] input, int output, double margin) {}

    /**
     * What earlier runs found, or empty if the file does not exist.
     *
     * @throws InvalidInputException if the file belongs to something else or cannot be read
     */
    public Optional<AuditReport> read(AuditSubject subject) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Content content = content();
        require("format", FORMAT, content.format());
        require("audit", subject.identity(), content.audit());
        require("build", CodeHash.ofThisBuild(), content.build());
        try {
            return Optional.of(report(content, subject.audit()));
        } catch (IllegalArgumentException | NullPointerException broken) {
            throw new InvalidInputException(file + " is damaged: " + broken.getMessage(), broken);
        }
    }

    private Content content() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidInputException(file + " is too large to be the file of an audit");
            }
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            if (content == null) {
                throw new InvalidInputException(file + " is no file of an audit: it is empty");
            }
            return content;
        } catch (JsonProcessingException broken) {
            throw new InvalidInputException(file + " is no file of an audit: " + broken.getOriginalMessage(), broken);
        } catch (IOException unreadable) {
            throw new InvalidInputException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void require(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new InvalidInputException(file + " belongs to another audit: its " + what + " is " + found + ", not "
                    + expected + "; name another file or remove it");
        }
    }

    /**
     * A report as bytes that {@link #report} reads, for another process of the same build.
     *
     * @throws UncheckedIOException never, as bytes are always taken
     */
    public static byte[] bytes(AuditReport report) {
        try {
            return JSON.writeValueAsBytes(content("", report));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * The report in some {@link #bytes}.
     *
     * @throws IllegalArgumentException if it is not one of the audit
     */
    public static AuditReport report(byte[] bytes, Audit audit) {
        try {
            return report(JSON.readValue(bytes, Content.class), audit);
        } catch (IOException broken) {
            throw new IllegalArgumentException("the bytes hold no report of an audit", broken);
        }
    }

    private static AuditReport report(Content content, Audit audit) {
        InputDomain domain = audit.domain();
        BitSet covered = BitSet.valueOf(content.covered());
        if (covered.length() > domain.features() + 1 || content.outputs().size() != audit.outputs()) {
            throw new IllegalArgumentException("it does not fit the network");
        }
        return new AuditReport(
                domain,
                covered,
                content.wrongByActive(),
                content.undecidedByActive(),
                content.falsePositives(),
                content.falseNegatives(),
                content.undecided(),
                content.outputs().stream()
                        .map(each -> new OutputAudit(
                                each.on(),
                                each.off(),
                                each.errors(),
                                each.undecided(),
                                Seen.extreme(each.leastOn()),
                                Seen.extreme(each.mostOff())))
                        .toList(),
                new MarginHistogram(content.margins()),
                content.worst().stream()
                        .map(each -> new WorstInput(FeatureSet.of(each.input()), each.output(), each.margin()))
                        .toList());
    }

    private static Content content(String audit, AuditReport report) {
        return new Content(
                FORMAT,
                CodeHash.ofThisBuild(),
                audit,
                report.covered().toLongArray(),
                report.wrongByActive(),
                report.undecidedByActive(),
                report.falsePositives(),
                report.falseNegatives(),
                report.undecided(),
                report.outputs().stream()
                        .map(each -> new Output(
                                each.on(),
                                each.off(),
                                each.errors(),
                                each.undecided(),
                                Seen.of(each.leastOn()),
                                Seen.of(each.mostOff())))
                        .toList(),
                report.margins().counts(),
                report.worst().stream()
                        .map(each -> new Worst(each.input().toArray(), each.output(), each.margin()))
                        .toList());
    }

    /** Keeps what was found, in place of what the file held. */
    public void write(AuditSubject subject, AuditReport report) {
        Content content = content(subject.identity(), report);
        AtomicFile.write(file, out -> JSON.writeValue(out, content));
    }

    /** @throws InvalidInputException if the file cannot be written: better known before hours of work than after */
    public void requireWritable() {
        AtomicFile.requireWritable(file);
    }
}
