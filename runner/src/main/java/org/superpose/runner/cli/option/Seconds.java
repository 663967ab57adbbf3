package org.superpose.runner.cli.option;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration in seconds: {@code 90}, {@code 90s}, {@code 1.5h}, {@code 1h30m}, {@code 250ms}. */
public final class Seconds implements ITypeConverter<Double> {
    /** Java alone would read 2d as the number 2. */
    private static final Pattern PLAIN =
            Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|[-+]?Infinity|NaN");

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
    private static final Map<String, Double> UNITS = Map.of("ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0, "d", 86400.0);

    @Override
    public Double convert(String text) {
        return PLAIN.matcher(text).matches() ? Double.parseDouble(text) : sum(text);
    }

    private static double sum(String text) {
        Matcher part = PART.matcher(text);
        double seconds = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            seconds += Double.parseDouble(part.group(1)) * UNITS.get(part.group(2));
            end = part.end();
        }
        if (end == 0 || end < text.length()) {
            throw new TypeConversionException(
                    "'" + text + "' is neither a number of seconds nor a duration such as 90s, 15m or 1h30m");
        }
        return seconds;
    }
}
