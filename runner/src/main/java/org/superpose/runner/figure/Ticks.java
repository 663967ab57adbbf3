package org.superpose.runner.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.superpose.runner.figure.Plot.Axis;
import org.superpose.runner.figure.Plot.Scale;

/**
 * The values at which an axis is labelled: round ones, few enough to be read.
 *
 * @param axis whose values they are
 * @param values ascending
 */
record Ticks(Axis axis, List<Double> values) {
    private static final double[] ROUND = {1, 2, 5, 10};
    /** The digits of ticks where so short a part of an axis is shown that it holds no three powers. */
    private static final double[] DIGITS = {1, 1.5, 2, 3, 4, 5, 6, 8};

    /** The value from which on powers are easier to read than digits. */
    private static final double LARGE = 1e6;

    private static final double SMALL = 1e-3;
    private static final double LONG = 1e12;
    private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    /**
     * The ticks of the part of an axis that is shown.
     *
     * @param least the smallest value shown
     * @param greatest the largest value shown
     * @param most how many there may be, at least two; a category has one in any case
     */
    static Ticks of(Axis axis, double least, double greatest, int most) {
        return new Ticks(
                axis,
                switch (axis.scale()) {
                    case CATEGORIES ->
                        IntStream.range(0, axis.categories().size())
                                .mapToObj(place -> (double) place)
                                .toList();
                    case LINEAR, FROM_ZERO, FRACTION -> linear(least, greatest, most);
                    case COUNT -> linear(least, greatest, most, greatest - least < 2 ? 0 : 1);
                    case LOG2 -> logarithmic(2, least, greatest, most);
                    case LOG10 -> logarithmic(10, least, greatest, most);
                });
    }

    private static List<Double> linear(double least, double greatest, int most) {
        return linear(least, greatest, most, 0);
    }

    /** @param shortest the smallest distance of two ticks */
    private static List<Double> linear(double least, double greatest, int most, double shortest) {
        double rough = Math.max(shortest, (greatest - least) / most);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (int t = 0; step < rough && t < ROUND.length; t++) {
            step = ROUND[t] * power;
        }
        double first = Math.ceil(least / step - 1e-9);
        List<Double> ticks = new ArrayList<>();
        for (int t = 0; t <= most && (first + t) * step <= greatest + 1e-9 * step; t++) {
            ticks.add((first + t) * step);
        }
        return ticks;
    }

    private static List<Double> logarithmic(int base, double least, double greatest, int most) {
        int first = (int) Math.ceil(Math.log(least) / Math.log(base) - 1e-9);
        int last = (int) Math.floor(Math.log(greatest) / Math.log(base) + 1e-9);
        int stride = Math.max(1, (int) Math.ceil((last - first + 1) / (double) most));
        List<Double> powers = new ArrayList<>();
        for (int power = first; power <= last; power += stride) {
            powers.add(Math.pow(base, power));
        }
        if (powers.size() > 2) {
            return powers;
        }
        List<Double> finer = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(least)); power <= Math.log10(greatest); power++) {
            for (double digit : DIGITS) {
                double tick = digit * Math.pow(10, power);
                if (tick >= least && tick <= greatest) {
                    finer.add(tick);
                }
            }
        }
        if (finer.size() > most) {
            finer.removeIf(tick -> !List.of(1L, 2L, 5L).contains(Math.round(tick / powerOfTenBelow(tick))));
        }
        if (finer.size() < 3) {
            finer = linear(least, greatest, most);
        }
        return finer.size() > powers.size() && finer.size() <= most ? finer : powers;
    }

    private static double powerOfTenBelow(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    }

    /** What stands at each tick. */
    List<String> labels() {
        boolean inPowers = axis.isLogarithmic() && values.stream().anyMatch(value -> value >= LARGE || value < SMALL);
        return values.stream()
                .map(value -> switch (axis.scale()) {
                    case CATEGORIES -> axis.categories().get(value.intValue());
                    case FRACTION -> plain(100 * value) + "%";
                    default -> inPowers ? power(value) : plain(value);
                })
                .toList();
    }

    private static String plain(double value) {
        BigDecimal digits = BigDecimal.valueOf(value).round(new MathContext(9)).stripTrailingZeros();
        return digits.scale() <= 0 && value < LONG
                ? String.format(Locale.ROOT, "%,d", digits.longValueExact())
                : value < LONG ? digits.toPlainString() : digits.toString();
    }

    /** For example 2 to the 20th, or 3 times 10 to the 7th. */
    private String power(double value) {
        int base = axis.scale() == Scale.LOG2 ? 2 : 10;
        double exponent = Math.log(value) / Math.log(base);
        if (Math.abs(exponent - Math.rint(exponent)) < 1e-9) {
            return base + superscript((int) Math.rint(exponent));
        }
        double below = powerOfTenBelow(value);
        return plain(value / below) + "\u00b710" + superscript((int) Math.rint(Math.log10(below)));
    }

    private static String superscript(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "\u207b" : "");
        Integer.toString(Math.abs(exponent)).chars().forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
        return text.toString();
    }
}
