package org.superpose.core.parameter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.superpose.core.NearestName;

/**
 * The values that a parameter can take.
 *
 * @param <T> the Java type of a value
 */
public sealed interface ParameterType<T> {
    /** The name of the type in help texts: integer, real, choice, text, flag. */
    String name();

    /** The allowed values, as the end of the sentence "it must be ...". */
    String range();

    /** The value that a text stands for, or empty if it stands for none that is allowed. */
    Optional<T> parse(String text);

    /** True if a value of the right Java type lies in the range. */
    boolean allows(T value);

    /** What to add to an error message about a text that cannot be parsed. */
    default String suggestion(String text) {
        return "";
    }

    /**
     * Whole numbers from {@code min} to {@code max}; {@code 65536}, {@code 65_536} and {@code 2^16} are one number, and
     * so are {@code 4000} and {@code 4k}; {@code M} stands for a million.
     */
    record Whole(int min, int max) implements ParameterType<Integer> {
        @Override
        public String name() {
            return "integer";
        }

        @Override
        public String range() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public Optional<Integer> parse(String text) {
            String digits = text.strip().replace("_", "");
            try {
                int caret = digits.indexOf('^');
                long value = caret < 0
                        ? Math.multiplyExact(Long.parseLong(withoutUnit(digits)), unit(digits))
                        : power(
                                Long.parseLong(digits.substring(0, caret)),
                                Integer.parseInt(digits.substring(caret + 1)));
                return value < min || value > max ? Optional.empty() : Optional.of((int) value);
            } catch (ArithmeticException | NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        private static String withoutUnit(String digits) {
            return unit(digits) == 1 ? digits : digits.substring(0, digits.length() - 1);
        }

        private static long unit(String digits) {
            return digits.endsWith("k") ? 1000 : digits.endsWith("M") ? 1_000_000 : 1;
        }

        private static long power(long base, int exponent) {
            if (exponent < 0 || exponent > 62) {
                throw new ArithmeticException("exponent out of range");
            }
            long value = 1;
            for (int t = 0; t < exponent; t++) {
                value = Math.multiplyExact(value, base);
            }
            return value;
        }

        @Override
        public boolean allows(Integer value) {
            return value >= min && value <= max;
        }
    }

    /** Finite real numbers from {@code min} to {@code max}. */
    record Real(double min, double max) implements ParameterType<Double> {
        @Override
        public String name() {
            return "real";
        }

        @Override
        public String range() {
            return "a number from " + min + " to " + max;
        }

        @Override
        public Optional<Double> parse(String text) {
            try {
                double value = Double.parseDouble(text.strip());
                return allows(value) ? Optional.of(value) : Optional.empty();
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        @Override
        public boolean allows(Double value) {
            return Double.isFinite(value) && value >= min && value <= max;
        }
    }

    /** One of a few names. */
    record Choice(List<String> names) implements ParameterType<String> {
        /** Copies the names. */
        public Choice {
            names = List.copyOf(names);
        }

        @Override
        public String name() {
            return "choice";
        }

        @Override
        public String range() {
            return "one of " + String.join(", ", names);
        }

        @Override
        public Optional<String> parse(String text) {
            String name = text.strip().toLowerCase(Locale.ROOT);
            return names.contains(name) ? Optional.of(name) : Optional.empty();
        }

        @Override
        public boolean allows(String value) {
            return names.contains(value);
        }

        @Override
        public String suggestion(String text) {
            return NearestName.meant(text, names);
        }
    }

    /** Any text, a file name for instance. */
    record Text(String description) implements ParameterType<String> {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public String range() {
            return description;
        }

        @Override
        public Optional<String> parse(String text) {
            return allows(text) ? Optional.of(text) : Optional.empty();
        }

        @Override
        public boolean allows(String value) {
            return !value.isBlank();
        }
    }

    /** {@code true} or {@code false}. */
    record Flag() implements ParameterType<Boolean> {
        @Override
        public String name() {
            return "flag";
        }

        @Override
        public String range() {
            return "true or false";
        }

        @Override
        public Optional<Boolean> parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> Optional.of(true);
                case "false", "no", "off" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        @Override
        public boolean allows(Boolean value) {
            return true;
        }
    }
}
