package org.superpose.core.parameter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;

/**
 * Values of declared parameters, in the order of their declaration. Immutable.
 *
 * <p>Only what was given is stored; a default belongs to the declaration. A value is an Integer, Double, Boolean or
 * String.
 */
public final class ParameterValues {
    private static final Consumer<Parameter<?>> NOBODY = read -> {};

    /** The values where none was given. */
    public static final ParameterValues NONE = new ParameterValues(Map.of());

    private final Map<String, Object> values;
    private final Consumer<Parameter<?>> observer;

    private ParameterValues(Map<String, Object> values) {
        this(values, NOBODY);
    }

    private ParameterValues(Map<String, Object> values, Consumer<Parameter<?>> observer) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.observer = observer;
    }

    /**
     * Reads given texts against their declarations.
     *
     * @param owner whose parameters they are, for messages: {@code problem two-and}
     * @throws InvalidInputException if a name is not declared, a value is not allowed, or a required one is missing
     */
    public static ParameterValues parse(String owner, List<Parameter<?>> declared, Map<String, String> given) {
        List<String> names = declared.stream().map(Parameter::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidInputException(
                        owner + " has no parameter \"" + name + "\"" + NearestName.suggestion(name, names));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter<?> parameter : declared) {
            String text = given.get(parameter.name());
            if (text != null) {
                values.put(parameter.name(), parameter.parse(text));
            } else if (parameter.defaultValue().isEmpty()
                    && parameter.automatic().isEmpty()) {
                throw new InvalidInputException(owner + " needs " + parameter.name() + " (" + parameter.help() + "): "
                        + parameter.type().range());
            }
        }
        return new ParameterValues(values);
    }

    /** The value given, or the default. */
    public <T> T get(Parameter<T> parameter) {
        return find(parameter)
                .orElseThrow(() -> new InvalidInputException(
                        parameter.name() + " is needed: " + parameter.type().range()));
    }

    /** The value given, or the default, or empty if the parameter is to be chosen automatically. */
    public <T> Optional<T> find(Parameter<T> parameter) {
        observer.accept(parameter);
        Object value = values.get(parameter.name());
        if (value == null) {
            return parameter.defaultValue();
        }
        @SuppressWarnings("unchecked") // only values that were parsed or set through their declaration are stored
        T typed = (T) value;
        return Optional.of(typed);
    }

    /**
     * These values and one more, which replaces an earlier one of the same name.
     *
     * @throws InvalidInputException if the value is out of range
     */
    public <T> ParameterValues with(Parameter<T> parameter, T value) {
        if (!parameter.type().allows(value)) {
            throw new InvalidInputException(parameter.name() + " " + value + " must be "
                    + parameter.type().range());
        }
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(parameter.name(), value);
        return new ParameterValues(more, observer);
    }

    /** These values, followed by the default of each declared parameter that has one and was not given. */
    public ParameterValues complete(List<Parameter<?>> declared) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        for (Parameter<?> parameter : declared) {
            parameter.defaultValue().ifPresent(value -> all.putIfAbsent(parameter.name(), value));
        }
        return new ParameterValues(all, observer);
    }

    /**
     * The same values, telling an observer each parameter that is read, so that tests can compare what a plugin reads
     * with what it declares. Equal to these values.
     *
     * @param newObserver is called by the thread that reads
     */
    public ParameterValues observedBy(Consumer<Parameter<?>> newObserver) {
        return new ParameterValues(values, newObserver);
    }

    /** The given values by name, in order; unmodifiable. */
    public Map<String, Object> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterValues that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
