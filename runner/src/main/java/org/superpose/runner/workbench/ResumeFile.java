package org.superpose.runner.workbench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.verify.Coverage;

/**
 * How far a verification got, in a small JSON file, so that it can go on later. It is good for one network, domain,
 * verifier and build of Superpose, and refused for any other. What it says is taken on trust: whoever changes the file
 * can make a verification leave inputs out, so a verdict that rests on it has to say so ({@link Trusted}).
 */
public final class ResumeFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int FORMAT = 3;
    private static final long MAX_BYTES = 1 << 28;

    private final Path file;
    private final boolean isTrusted;
    /** SHA-256 of what was last read, or empty. */
    private String read = "";

    /** The file, which need not exist yet. */
    public ResumeFile(Path file) {
        this(file, true);
    }

    /** @param isTrusted whether to go on from what is in the file; otherwise it is only written */
    public ResumeFile(Path file, boolean isTrusted) {
        this.file = file;
        this.isTrusted = isTrusted;
    }

    /**
     * Who proves what is kept.
     *
     * @param verifier its id
     * @param plugins what is recorded of it, if it is not core's
     */
    public record Prover(String verifier, PluginFiles plugins) {}

    /**
     * What is in the file.
     *
     * @param format of the file
     * @param build of Superpose
     * @param network digest of the network with its instance
     * @param verifier id of the verifier
     * @param plugins what is recorded of the verifier, or null if it is core's
     * @param inputsCovered the number of inputs covered, for the reader
     * @param domainSize the number of all inputs
     * @param proved ranges of lowest features of which all inputs are proved right, with the numbers of inputs
     * @param parts the begun ones
     * @param undecided how many of the covered inputs could not be decided
     * @param firstUndecided one of them, if there are any
     * @param digest of all that comes before it, so that no accident passes for progress
     */
    private record Content(
            int format,
            String build,
            String network,
            String verifier,
            @JsonInclude(JsonInclude.Include.NON_NULL) String plugins,
            String inputsCovered,
            String domainSize,
            List<Range> proved,
            List<Part> parts,
            long undecided,
            int[] firstUndecided,
            String digest) {
        Content withDigest(String newDigest) {
            return new Content(
                    format,
                    build,
                    network,
                    verifier,
                    plugins,
                    inputsCovered,
                    domainSize,
                    proved,
                    parts,
                    undecided,
                    firstUndecided,
                    newDigest);
        }
    }

    /** Lowest features from one to another, both included, and how many inputs have them. */
    private record Range(int from, int to, String inputs) {}

    /** One of {@link Coverage#parts()}. */
    private record Part(int[] next, long covered) {}

    /**
     * What earlier runs proved; nothing if the file does not exist.
     *
     * @param built the network with the instance that is verified
     * @throws InvalidInputException if the file belongs to something else or cannot be read
     */
    public Coverage read(BuiltNetwork built, Prover prover) {
        if (!isTrusted || !Files.exists(file)) {
            return Coverage.NONE;
        }
        Content content = content();
        require("format", FORMAT, content.format());
        require("network", NetworkDigest.of(built), content.network());
        require("verifier", prover.verifier(), content.verifier());
        requireSame(prover.plugins(), content.plugins());
        require("build", CodeHash.ofThisBuild(), content.build());
        require("domain size", built.instance().domain().size().toString(), content.domainSize());
        try {
            if (!digest(content).equals(content.digest())) {
                throw new IllegalArgumentException("its digest is not that of what it says");
            }
            Coverage coverage = coverage(content, built.instance().domain());
            read = content.digest();
            return coverage;
        } catch (IllegalArgumentException | NullPointerException broken) {
            throw new InvalidInputException(file + " is damaged: " + broken.getMessage(), broken);
        }
    }

    /** The verifier that the file was written for, or empty if there is no file. */
    public Optional<String> verifier() {
        return isTrusted && Files.exists(file) ? Optional.ofNullable(content().verifier()) : Optional.empty();
    }

    private Content content() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidInputException(file + " is too large to be a resume file");
            }
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            if (content == null) {
                throw new InvalidInputException(file + " is no resume file: it is empty");
            }
            return content;
        } catch (JsonProcessingException broken) {
            throw new InvalidInputException(file + " is no resume file: " + broken.getOriginalMessage(), broken);
        } catch (IOException unreadable) {
            throw new InvalidInputException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void require(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new InvalidInputException(file + " belongs to another run: its " + what + " is " + found + ", not "
                    + expected + "; name another file or remove it");
        }
    }

    private void requireSame(PluginFiles plugins, String recorded) {
        List<String> changes =
                PluginFiles.parse(recorded == null ? "" : recorded).changes(plugins);
        if (!changes.isEmpty()) {
            throw new InvalidInputException(file + " was written by another plugin: " + String.join("; ", changes)
                    + "; name another file or remove it");
        }
    }

    private static Coverage coverage(Content content, InputDomain domain) {
        BitSet proved = new BitSet();
        for (Range range : content.proved()) {
            if (range.from() > range.to() || range.to() >= domain.features()) {
                throw new IllegalArgumentException("it has lowest features " + range.from() + " to " + range.to()
                        + " of " + domain.features() + " features");
            }
            String inputs = inputs(range.from(), range.to(), domain);
            if (!inputs.equals(range.inputs())) {
                throw new IllegalArgumentException("it says that lowest features " + range.from() + " to " + range.to()
                        + " have " + range.inputs() + " inputs, not " + inputs);
            }
            proved.set(range.from(), range.to() + 1);
        }
        List<Coverage.Part> parts = new ArrayList<>();
        for (Part part : content.parts()) {
            parts.add(new Coverage.Part(FeatureSet.of(part.next()), part.covered()));
            if (!domain.withMinActive(0).contains(FeatureSet.of(part.next()))) {
                throw new IllegalArgumentException("it names an input that is not in the domain");
            }
        }
        Coverage coverage = new Coverage(proved, parts)
                .withUndecided(
                        content.undecided(),
                        Optional.ofNullable(content.firstUndecided()).map(FeatureSet::of));
        if (coverage.features() > domain.features()) {
            throw new IllegalArgumentException(
                    "it names feature " + (coverage.features() - 1) + " of " + domain.features() + " features");
        }
        return coverage;
    }

    private static String inputs(int from, int to, InputDomain domain) {
        BitSet range = new BitSet();
        range.set(from, to + 1);
        return new Coverage(range, List.of()).inputs(domain).toString();
    }

    private static String digest(Content content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(JSON.writeValueAsBytes(content.withDigest(null))));
        } catch (NoSuchAlgorithmException | JsonProcessingException impossible) {
            throw new IllegalStateException("every JDK has SHA-256, and records are JSON", impossible);
        }
    }

    /** Keeps what is proved, in place of what the file held. */
    public void write(BuiltNetwork built, Prover prover, Coverage coverage, Object inputsCovered) {
        List<Part> parts = coverage.parts().stream()
                .map(part -> new Part(part.next().toArray(), part.covered()))
                .toList();
        Content content = new Content(
                FORMAT,
                CodeHash.ofThisBuild(),
                NetworkDigest.of(built),
                prover.verifier(),
                prover.plugins().isEmpty() ? null : prover.plugins().toString(),
                inputsCovered.toString(),
                built.instance().domain().size().toString(),
                ranges(coverage.proved()).stream()
                        .map(range -> new Range(
                                range[0],
                                range[1],
                                inputs(range[0], range[1], built.instance().domain())))
                        .toList(),
                parts,
                coverage.undecided(),
                coverage.firstUndecided().map(FeatureSet::toArray).orElse(null),
                null);
        AtomicFile.write(file, out -> JSON.writeValue(out, content.withDigest(digest(content))));
    }

    private static List<int[]> ranges(BitSet proved) {
        List<int[]> ranges = new ArrayList<>();
        for (int from = proved.nextSetBit(0); from >= 0; from = proved.nextSetBit(proved.nextClearBit(from))) {
            ranges.add(new int[] {from, proved.nextClearBit(from) - 1});
        }
        return ranges;
    }

    /**
     * What a verdict takes from the file on trust.
     *
     * @param file its name
     * @param inputs how many inputs were not looked at, because the file says that they were before
     * @param lowest ranges of lowest active features, both ends included, all of whose inputs these are
     * @param upTo for other lowest features the input before which they end
     * @param digest SHA-256 of what the file said, the one that it holds
     */
    public record Trusted(String file, BigInteger inputs, List<int[]> lowest, List<FeatureSet> upTo, String digest) {
        public Trusted {
            lowest = List.copyOf(lowest);
            upTo = List.copyOf(upTo);
        }

        /** For example {@code 0-17, 20 and up to {21, 33}}. */
        public String ranges() {
            List<String> texts = new ArrayList<>();
            lowest.forEach(range -> texts.add(range[0] == range[1] ? "" + range[0] : range[0] + "-" + range[1]));
            upTo.forEach(next -> texts.add(next.get(0) + " before " + next));
            return String.join(", ", texts);
        }
    }

    /** What of a coverage that was read here a verdict rests on; empty if it is nothing. */
    Optional<Trusted> trusted(InputDomain domain, Coverage coverage) {
        BitSet proved = coverage.proved();
        List<FeatureSet> upTo = new ArrayList<>();
        for (Coverage.Part part : coverage.parts()) {
            FeatureSet alone = FeatureSet.of(part.lowest());
            if (part.covered() > 0 || !part.next().equals(alone)) {
                upTo.add(part.next());
            }
        }
        return proved.isEmpty() && upTo.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trusted(file.toString(), coverage.inputs(domain), ranges(proved), upTo, read));
    }

    /** @throws InvalidInputException if the file cannot be written: better known before hours of work than after */
    public void requireWritable() {
        AtomicFile.requireWritable(file);
    }
}
