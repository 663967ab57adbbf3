package org.superpose.runner.foreign;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;
import org.superpose.interop.foreign.Orientation;
import org.superpose.interop.foreign.TensorMap;
import org.superpose.interop.foreign.TensorMap.Affine;
import org.superpose.interop.foreign.TensorMap.Hidden;
import org.superpose.interop.foreign.TensorMap.Skip;
import org.superpose.interop.foreign.Thresholds;
import org.superpose.runner.document.Fields;
import org.superpose.runner.document.Located;
import org.superpose.runner.document.LocatedReader;

/**
 * A map of tensors in YAML, or in JSON where the name says so:
 *
 * <pre>{@code
 * embed: W_E
 * layers:
 *   - {weight: W_in, bias: b_in}
 *   - {weight: W_out, bias: b_out, relu: false, skip: embed}
 * readout: {weight: W_U, orientation: in-out, on: ">= 0.9", off: "<= 0.1"}
 * }</pre>
 */
public final class TensorMapFile {
    private static final int LARGEST_FILE = 1 << 20;
    private static final Pattern ON = Pattern.compile(">=\\s*(?<number>\\S+)");
    private static final Pattern OFF = Pattern.compile("<=\\s*(?<number>\\S+)");

    private TensorMapFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidInputException naming the line, the key and what is allowed
     */
    public static TensorMap read(Path file) {
        return parse(file.toString(), text(file));
    }

    private static String text(Path file) {
        GivenFile.require(file, "map file");
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInputException(
                        file + " has " + Files.size(file) + " bytes; a map file may have " + LARGEST_FILE);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException otherEncoding) {
            throw new InvalidInputException("the map file " + file + " is not UTF-8 text", otherEncoding);
        } catch (IOException unreadable) {
            throw new InvalidInputException("the map file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    static TensorMap parse(String file, String text) {
        Fields fields =
                Fields.of(file, LocatedReader.read(file, text), "a map").only(List.of("embed", "layers", "readout"));
        Optional<Affine> embed = fields.find("embed").map(value -> affine(file, "embed", value, List.of()));
        List<Hidden> layers = new ArrayList<>();
        if (fields.find("layers").isPresent()) {
            Located value = fields.find("layers").get();
            if (!(value instanceof Located.Items list)) {
                throw fields.refuse(value.line(), "layers must be a list, not " + value.kind());
            }
            for (Located item : list.items()) {
                layers.add(layer(file, item));
            }
        }
        Optional<Affine> readout = Optional.empty();
        Thresholds thresholds = Thresholds.ZERO;
        if (fields.find("readout").isPresent()) {
            Located value = fields.find("readout").get();
            if (value instanceof Located.Group group) {
                thresholds = thresholds(new Fields(file, group));
            }
            boolean onlyThresholds =
                    value instanceof Located.Group group && !group.entries().containsKey("weight") && !layers.isEmpty();
            if (!onlyThresholds) {
                readout = Optional.of(affine(file, "readout", value, List.of("on", "off")));
            }
        }
        if (embed.isEmpty() && layers.isEmpty() && readout.isEmpty()) {
            throw fields.refuse(fields.group().line(), "a map needs at least one of embed, layers and readout");
        }
        return new TensorMap(embed, layers, readout, thresholds);
    }

    /** The name of a tensor alone, or a group of keys. */
    private static Affine affine(String file, String what, Located value, List<String> others) {
        if (value instanceof Located.Scalar scalar) {
            return new Affine(name(file, what, scalar), Optional.empty(), Optional.empty());
        }
        List<String> keys = new ArrayList<>(List.of("weight", "bias", "orientation"));
        keys.addAll(others);
        Fields fields = Fields.of(file, value, what).only(keys);
        return new Affine(
                fields.require("weight", "the name of a tensor", TensorMapFile::notEmpty),
                fields.find("bias", TensorMapFile::notEmpty),
                fields.find("orientation", TensorMapFile::orientation));
    }

    private static String name(String file, String what, Located.Scalar scalar) {
        if (scalar.text().isEmpty()) {
            throw new InvalidInputException(file + " line " + scalar.line() + ": " + what + " must name a tensor");
        }
        return scalar.text();
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new InvalidInputException("the name of a tensor is empty");
        }
        return text;
    }

    private static Orientation orientation(String text) {
        for (Orientation orientation : Orientation.values()) {
            if (orientation.word().equals(text)) {
                return orientation;
            }
        }
        throw new InvalidInputException(
                "orientation must be out-in (rows are what the matrix gives) or in-out, not \"" + text + "\"");
    }

    private static Hidden layer(String file, Located item) {
        Affine affine = affine(file, "a layer", item, List.of("relu", "skip"));
        if (!(item instanceof Located.Group group)) {
            return new Hidden(affine, true, Optional.empty());
        }
        Fields fields = new Fields(file, group);
        return new Hidden(
                affine,
                fields.find("relu", TensorMapFile::flag).orElse(true),
                fields.find("skip", TensorMapFile::skip));
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidInputException("relu must be true or false, not \"" + text + "\"");
        }
        return text.equals("true");
    }

    private static Skip skip(String text) {
        if (text.equals("features")) {
            return new Skip.Features();
        }
        if (text.equals("embed")) {
            return new Skip.Embed();
        }
        if (text.matches("[0-9]{1,6}")) {
            return new Skip.OfLayer(Integer.parseInt(text));
        }
        throw new InvalidInputException(
                "skip must be features, embed or the index of an earlier layer from 0, not \"" + text + "\"");
    }

    private static Thresholds thresholds(Fields fields) {
        Optional<Float> on = fields.find("on", text -> threshold("on", ">=", ON, text));
        Optional<Float> off = fields.find("off", text -> threshold("off", "<=", OFF, text));
        if (on.isEmpty() && off.isPresent()) {
            throw fields.refuse(fields.group().line(), "off needs on: an output is on from where?");
        }
        try {
            return on.isEmpty() ? Thresholds.ZERO : new Thresholds(on.get(), off.orElse(on.get()));
        } catch (InvalidInputException overlapping) {
            throw fields.refuse(fields.group().line(), overlapping.getMessage());
        }
    }

    private static float threshold(String key, String sign, Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.strip());
        if (matcher.matches()) {
            try {
                double exact = Double.parseDouble(matcher.group("number"));
                if (Double.isFinite((float) exact)) {
                    return (float) exact;
                }
            } catch (NumberFormatException noNumber) {
                // refused below
            }
        }
        throw new InvalidInputException(key + " must be \"" + sign + " NUMBER\", not \"" + text + "\"");
    }
}
