package org.superpose.runner.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.Parameter;
import org.superpose.interop.dataset.SampleProfile;
import org.superpose.interop.dataset.SampleProfile.Frequencies;
import org.superpose.interop.dataset.SampleProfile.Range;
import org.superpose.runner.document.Fields;
import org.superpose.runner.document.Located;
import org.superpose.runner.document.LocatedReader;

/**
 * Reads the distribution of a data set's inputs from YAML or JSON. Every key may be left out. For example:
 *
 * <pre>{@code
 * gates: {min: 1, max: 2}        # of the first layer, all that they read made active; default 1
 * features: {min: 0, max: 3}     # further features; default 0
 * frequencies: {zipf: 1.0}       # or, apart: {gates: {zipf: 1.0}, features: [0.5, 0.25, 0.25]}
 * correlation: {rank: 8, scale: 2}
 * hierarchy: {branching: 4, depth: 3, exclusive: true}
 * magnitudes: {mean: 1, deviation: 0.2}
 * noise: 0.05
 * rotation: true
 * beyond-domain: allow           # default refuse
 * }</pre>
 */
public final class ProfileFile {
    private static final int LARGEST_FILE = 1 << 24;
    private static final int MOST = 10_000;

    private static final List<String> KEYS = List.of(
            "gates",
            "features",
            "frequencies",
            "correlation",
            "hierarchy",
            "magnitudes",
            "noise",
            "rotation",
            "beyond-domain");

    private ProfileFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidInputException naming the line, the key and what is allowed
     */
    public static SampleProfile read(Path file) {
        return parse(file.toString(), text(file));
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("there is no profile file " + file);
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInputException(
                        file + " has " + Files.size(file) + " bytes; a profile file may have " + LARGEST_FILE);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException otherEncoding) {
            throw new InvalidInputException("the profile file " + file + " is not UTF-8 text", otherEncoding);
        } catch (IOException unreadable) {
            throw new InvalidInputException("the profile file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** @param file name for messages; a name that ends in {@code .json} is JSON, any other YAML */
    static SampleProfile parse(String file, String text) {
        Fields fields =
                Fields.of(file, LocatedReader.read(file, text), "a profile").only(KEYS);
        Optional<Fields> frequencies = group(fields, "frequencies", "zipf", "gates", "features");
        return new SampleProfile(
                range(fields, "gates", new Range(1, 1)),
                range(fields, "features", new Range(0, 0)),
                frequencies(frequencies, "gates"),
                frequencies(frequencies, "features"),
                group(fields, "correlation", "rank", "scale")
                        .map(each -> new SampleProfile.Correlation(
                                each.require("rank", "a whole number from 1", whole("rank", 1, 256)),
                                each.require("scale", "a number from 0", real("scale", 0, 100)))),
                group(fields, "hierarchy", "branching", "depth", "exclusive")
                        .map(each -> new SampleProfile.Hierarchy(
                                each.require(
                                        "branching", "how many children a feature has", whole("branching", 1, 1000)),
                                each.require("depth", "how many levels a tree has", whole("depth", 1, 20)),
                                each.find("exclusive", flag("exclusive")).orElse(false))),
                group(fields, "magnitudes", "mean", "deviation")
                        .map(each -> new SampleProfile.Magnitudes(
                                each.find("mean", real("mean", 1e-6, 1e6)).orElse(1.0),
                                each.find("deviation", real("deviation", 0, 1e6))
                                        .orElse(0.0))),
                fields.find("noise", real("noise", 0, 1e6)).orElse(0.0),
                fields.find("rotation", flag("rotation")).orElse(false),
                fields.find("beyond-domain", ProfileFile::isAllowed).orElse(false));
    }

    private static Optional<Fields> group(Fields fields, String key, String... keys) {
        return fields.find(key)
                .map(value -> Fields.of(fields.file(), value, key).only(List.of(keys)));
    }

    /** A value whose complaints are given the line of their group. */
    private static <T> T checked(Fields fields, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException refused) {
            throw fields.refuse(fields.group().line(), refused.getMessage());
        }
    }

    private static Range range(Fields fields, String key, Range otherwise) {
        Optional<Located> given = fields.find(key);
        if (given.isEmpty()) {
            return otherwise;
        }
        if (given.get() instanceof Located.Scalar) {
            int number = fields.find(key, whole(key, 0, MOST)).orElseThrow();
            return new Range(number, number);
        }
        Fields ends = Fields.of(fields.file(), given.get(), key).only(List.of("min", "max"));
        int min = ends.find("min", whole("min", 0, MOST)).orElse(0);
        int max = ends.require("max", "the largest number", whole("max", 0, MOST));
        if (max < min) {
            throw ends.refuse(given.get().line(), key + " runs from " + min + " to " + max + ", which is nothing");
        }
        return new Range(min, max);
    }

    private static Frequencies frequencies(Optional<Fields> fields, String key) {
        if (fields.isEmpty()) {
            return Frequencies.EQUAL;
        }
        Fields group = fields.get();
        Optional<Double> common = group.find("zipf", real("zipf", 0, 10));
        Optional<Located> own = group.find(key);
        if (common.isPresent() && own.isPresent()) {
            throw group.refuse(own.get().line(), "zipf is given for all, and " + key + " too: drop one of them");
        }
        if (own.isEmpty()) {
            return common.<Frequencies>map(Frequencies.Zipf::new).orElse(Frequencies.EQUAL);
        }
        if (own.get() instanceof Located.Items list) {
            double[] weights = new double[list.items().size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = group.read(key, list.items().get(i), real("frequency", 0, 1e12));
            }
            return checked(group, () -> new Frequencies.Given(weights));
        }
        Fields law = Fields.of(group.file(), own.get(), key).only(List.of("zipf"));
        return new Frequencies.Zipf(law.require("zipf", "the exponent", real("zipf", 0, 10)));
    }

    private static Function<String, Integer> whole(String name, int min, int max) {
        return text -> Parameter.whole(name, min, max, name).parse(text);
    }

    private static Function<String, Double> real(String name, double min, double max) {
        return text -> Parameter.real(name, min, max, name).parse(text);
    }

    private static Function<String, Boolean> flag(String name) {
        return text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new InvalidInputException(name + " must be true or false, not \"" + text + "\"");
            }
            return text.equals("true");
        };
    }

    private static boolean isAllowed(String text) {
        if (!text.equals("allow") && !text.equals("refuse")) {
            throw new InvalidInputException("beyond-domain must be allow or refuse, not \"" + text + "\"");
        }
        return text.equals("allow");
    }
}
