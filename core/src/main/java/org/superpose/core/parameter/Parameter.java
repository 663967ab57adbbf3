package org.superpose.core.parameter;

import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;

/**
 * A declared parameter: name, type and range, default, one line of help. Declared once, it serves the command line's
 * {@code --set}, error messages, {@code list}, documentation and the result store.
 *
 * @param <T> the Java type of a value
 * @param name lower-case words joined by hyphens
 * @param type the allowed values
 * @param defaultValue the value if none is given; empty if the parameter is required or automatic
 * @param automatic how the value is chosen if none is given, or empty if the parameter is required or has a default
 * @param help one line without a full stop
 */
public record Parameter<T>(
        String name, ParameterType<T> type, Optional<T> defaultValue, Optional<String> automatic, String help) {

    /** @throws IllegalArgumentException if the name is malformed or the default is not an allowed value */
    public Parameter {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("parameter name \"" + name + "\" is not lower-case words and hyphens");
        }
        if (defaultValue.isPresent() && !type.allows(defaultValue.get())) {
            throw new IllegalArgumentException(
                    "default " + defaultValue.get() + " of " + name + " is not " + type.range());
        }
    }

    private static <T> Parameter<T> required(String name, ParameterType<T> type, String help) {
        return new Parameter<>(name, type, Optional.empty(), Optional.empty(), help);
    }

    /** A required whole number from {@code min} to {@code max}. */
    public static Parameter<Integer> whole(String name, int min, int max, String help) {
        return required(name, new ParameterType.Whole(min, max), help);
    }

    /** A required finite real number from {@code min} to {@code max}. */
    public static Parameter<Double> real(String name, double min, double max, String help) {
        return required(name, new ParameterType.Real(min, max), help);
    }

    /** A required choice among names. */
    public static Parameter<String> choice(String name, List<String> names, String help) {
        return required(name, new ParameterType.Choice(names), help);
    }

    /** A required text; {@code description} says what it is, for instance "a CSV file". */
    public static Parameter<String> text(String name, String description, String help) {
        return required(name, new ParameterType.Text(description), help);
    }

    /** A required switch. */
    public static Parameter<Boolean> flag(String name, String help) {
        return required(name, new ParameterType.Flag(), help);
    }

    /** This parameter with another line of help, for a plugin that uses it for something more special. */
    public Parameter<T> withHelp(String otherHelp) {
        return new Parameter<>(name, type, defaultValue, automatic, otherHelp);
    }

    /** This parameter with a default. */
    public Parameter<T> withDefault(T value) {
        return new Parameter<>(name, type, Optional.of(value), Optional.empty(), help);
    }

    /** This parameter with a value that is chosen when none is given; {@code how} completes "chosen ...". */
    public Parameter<T> chosen(String how) {
        return new Parameter<>(name, type, Optional.empty(), Optional.of(how), help);
    }

    /**
     * The value that a text stands for.
     *
     * @throws InvalidInputException if it is not an allowed value
     */
    public T parse(String text) {
        return type.parse(text)
                .orElseThrow(() -> new InvalidInputException(
                        name + " \"" + text + "\" must be " + type.range() + type.suggestion(text)));
    }

    /** What happens when no value is given: "required", the default, or how it is chosen. */
    public String describeDefault() {
        return defaultValue
                .map(Object::toString)
                .or(() -> automatic.map(how -> "chosen " + how))
                .orElse("required");
    }
}
