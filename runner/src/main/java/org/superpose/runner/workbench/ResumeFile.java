package org.superpose.runner.workbench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.Coverage;

/**
 * How far a verification got, in a small JSON file, so that it can go on later. It is good for one network, domain,
 * verifier and version of Superpose, and refused for any other.
 */
public final class ResumeFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int FORMAT = 1;
    private static final long MAX_BYTES = 1 << 28;

    private final Path file;

    /** The file, which need not exist yet. */
    public ResumeFile(Path file) {
        this.file = file;
    }

    /**
     * What is in the file.
     *
     * @param format of the file
     * @param version of Superpose
     * @param network digest of the network with its instance
     * @param verifier id of the verifier
     * @param inputsCovered the number of inputs covered, for the reader
     * @param domainSize the number of all inputs
     * @param proved ranges of lowest features, both ends included, of which all inputs are proved right
     * @param parts the begun ones
     */
    private record Content(
            int format,
            String version,
            String network,
            String verifier,
            String inputsCovered,
            String domainSize,
            List<int[]> proved,
            List<Part> parts) {}

    /** One of {@link Coverage#parts()}. */
    private record Part(int[] next, long covered) {}

    /**
     * What earlier runs proved; nothing if the file does not exist.
     *
     * @param built the network with the instance that is verified
     * @throws InvalidInputException if the file belongs to something else or cannot be read
     */
    public Coverage read(BuiltNetwork built, String verifier) {
        if (!Files.exists(file)) {
            return Coverage.NONE;
        }
        Content content = content();
        require("format", FORMAT, content.format());
        require("network", NetworkDigest.of(built), content.network());
        require("verifier", verifier, content.verifier());
        require("version", ToolVersion.current(), content.version());
        try {
            return coverage(content, built.instance().domain());
        } catch (IllegalArgumentException | NullPointerException broken) {
            throw new InvalidInputException(file + " is damaged: " + broken.getMessage(), broken);
        }
    }

    /** The verifier that the file was written for, or empty if there is no file. */
    public Optional<String> verifier() {
        return Files.exists(file) ? Optional.ofNullable(content().verifier()) : Optional.empty();
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

    private static Coverage coverage(Content content, InputDomain domain) {
        BitSet proved = new BitSet();
        for (int[] range : content.proved()) {
            if (range.length != 2 || range[0] > range[1]) {
                throw new IllegalArgumentException("a range of parts has not two ends");
            }
            proved.set(range[0], range[1] + 1);
        }
        List<Coverage.Part> parts = new ArrayList<>();
        for (Part part : content.parts()) {
            parts.add(new Coverage.Part(FeatureSet.of(part.next()), part.covered()));
            if (!domain.withMinActive(0).contains(FeatureSet.of(part.next()))) {
                throw new IllegalArgumentException("it names an input that is not in the domain");
            }
        }
        Coverage coverage = new Coverage(proved, parts);
        if (coverage.features() > domain.features()) {
            throw new IllegalArgumentException(
                    "it names feature " + (coverage.features() - 1) + " of " + domain.features() + " features");
        }
        return coverage;
    }

    /** Keeps what is proved, in place of what the file held. */
    public void write(BuiltNetwork built, String verifier, Coverage coverage, Object inputsCovered) {
        List<int[]> ranges = new ArrayList<>();
        BitSet proved = coverage.proved();
        for (int from = proved.nextSetBit(0); from >= 0; from = proved.nextSetBit(proved.nextClearBit(from))) {
            ranges.add(new int[] {from, proved.nextClearBit(from) - 1});
        }
        List<Part> parts = coverage.parts().stream()
                .map(part -> new Part(part.next().toArray(), part.covered()))
                .toList();
        Content content = new Content(
                FORMAT,
                ToolVersion.current(),
                NetworkDigest.of(built),
                verifier,
                inputsCovered.toString(),
                built.instance().domain().size().toString(),
                ranges,
                parts);
        AtomicFile.write(file, out -> JSON.writeValue(out, content));
    }

    /** Removes the file: the verification is over. */
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new InvalidInputException(file + " cannot be removed: " + failed.getMessage(), failed);
        }
    }

    /** @throws InvalidInputException if the file cannot be written: better known before hours of work than after */
    public void requireWritable() {
        AtomicFile.requireWritable(file);
    }
}
