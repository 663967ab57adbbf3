package org.superpose.runner.proof;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.TextArchive;
import org.superpose.core.network.BuiltNetwork;

/**
 * Proofs as {@code *.proof.zip}: {@code proof.txt}, line by line what {@link Proof} holds, and for people
 * {@code statement.txt} and {@code citation.bib}.
 */
public final class ProofFile {
    /** The ending of the names of these files. */
    public static final String ENDING = ".proof.zip";

    private static final String FORMAT = "1";
    private static final String PROOF = "proof.txt";
    private static final int MOST_BYTES = 1 << 24;

    private ProofFile() {}

    /** Writes a proof with its statement; the same proof gives the same bytes. */
    public static void write(Path file, BuiltNetwork built, Proof proof) {
        Statement statement = new Statement(built, proof);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(PROOF, text(proof));
        texts.put("statement.txt", statement.words() + "\n");
        texts.put("citation.bib", statement.citation());
        AtomicFile.write(file, out -> TextArchive.write(texts, out));
    }

    /** The lines of {@code proof.txt}. */
    static String text(Proof proof) {
        StringBuilder text = new StringBuilder();
        line(text, "superpose-proof", FORMAT);
        line(text, "network", proof.network());
        line(text, "verifier", proof.verifier());
        line(text, "arrays", proof.arrays());
        line(text, "features", proof.features() + " " + proof.outputs());
        line(text, "active", proof.minActive() + " " + proof.maxActive());
        line(text, "inputs", proof.inputs().toString());
        line(text, "method", proof.method());
        proof.rows().ifPresent(rows -> line(text, "rows", rows));
        line(text, "empty", proof.coversEmpty() ? "1" : "0");
        for (Proof.Range range : proof.ranges()) {
            Tally tally = range.tally();
            line(
                    text,
                    "range",
                    range.low() + " " + range.high() + " " + tally.inputs() + " " + tally.changes() + " "
                            + hex(tally.digest()) + " " + tally.looked() + " " + tally.pruned() + " "
                            + tally.prunedInputs() + " " + hex(tally.prunedDigest()));
        }
        proof.resumed().forEach(each -> line(text, "resumed", each.low() + " " + each.high() + " " + each.file()));
        return text.append("end\n").toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(' ').append(value).append('\n');
    }

    private static String hex(long digest) {
        return String.format("%016x", digest);
    }

    /**
     * Reads a proof.
     *
     * @throws InvalidInputException if it is none
     */
    public static Proof read(Path file) {
        try {
            byte[] bytes = TextArchive.read(file, PROOF, MOST_BYTES);
            return new Lines(new String(bytes, StandardCharsets.US_ASCII)).proof();
        } catch (IOException | IllegalArgumentException broken) {
            throw new InvalidInputException(file + " is no proof: " + broken.getMessage(), broken);
        }
    }

    /** The lines of a proof, each of which has a key. */
    private static final class Lines {
        private final Iterator<String> lines;
        private String next;

        Lines(String text) {
            if (!text.endsWith("\n")) {
                throw new IllegalArgumentException("it does not end with a line");
            }
            this.lines = List.of(text.substring(0, text.length() - 1).split("\n", -1))
                    .iterator();
            this.next = lines.next();
        }

        Proof proof() {
            String format = take("superpose-proof");
            if (!format.equals(FORMAT)) {
                throw new IllegalArgumentException("its format is " + format + ", not " + FORMAT);
            }
            String network = take("network");
            String verifier = take("verifier");
            String arrays = take("arrays");
            int[] features = numbers(take("features"));
            int[] active = numbers(take("active"));
            BigInteger inputs = new BigInteger(take("inputs"));
            String method = take("method");
            Optional<String> rows = has("rows") ? Optional.of(take("rows")) : Optional.empty();
            String empty = take("empty");
            if (!empty.equals("0") && !empty.equals("1")) {
                throw new IllegalArgumentException("it has " + empty + " empty inputs");
            }
            List<Proof.Range> ranges = new ArrayList<>();
            while (has("range")) {
                ranges.add(range(take("range").split(" ", -1)));
            }
            List<Proof.Resumed> resumed = new ArrayList<>();
            while (has("resumed")) {
                String[] parts = take("resumed").split(" ", -1);
                if (parts.length != 3) {
                    throw new IllegalArgumentException("a line \"resumed\" has not three values");
                }
                resumed.add(new Proof.Resumed(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]));
            }
            if (!take("end").isEmpty() || next != null) {
                throw new IllegalArgumentException("it goes on behind its end");
            }
            return new Proof(
                    network,
                    arrays,
                    features[0],
                    features[1],
                    active[0],
                    active[1],
                    inputs,
                    verifier,
                    method,
                    rows,
                    empty.equals("1"),
                    ranges,
                    resumed);
        }

        private static Proof.Range range(String[] parts) {
            if (parts.length != 9) {
                throw new IllegalArgumentException("a range has " + parts.length + " values, not 9");
            }
            Tally tally = new Tally(
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseUnsignedLong(parts[4], 16),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]),
                    Long.parseLong(parts[7]),
                    Long.parseUnsignedLong(parts[8], 16));
            return new Proof.Range(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), tally);
        }

        private static int[] numbers(String pair) {
            String[] parts = pair.split(" ", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("\"" + pair + "\" is not two numbers");
            }
            return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
        }

        private boolean has(String key) {
            return next != null && (next.equals(key) || next.startsWith(key + " "));
        }

        private String take(String key) {
            if (!has(key)) {
                throw new IllegalArgumentException("a line \"" + key + "\" is missing");
            }
            String value = next.length() > key.length() ? next.substring(key.length() + 1) : "";
            next = lines.hasNext() ? lines.next() : null;
            return value;
        }
    }
}
