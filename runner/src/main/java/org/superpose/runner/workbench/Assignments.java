package org.superpose.runner.workbench;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Plugin;

/**
 * The {@code --set NAME=VALUE} assignments of a command. Each goes to every plugin that declares its name.
 *
 * @param values texts by parameter name, in the order given
 */
public record Assignments(Map<String, String> values) {
    /** Nothing is set. */
    public static final Assignments NONE = new Assignments(Map.of());

    public Assignments {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads {@code NAME=VALUE} texts.
     *
     * @throws InvalidInputException if one has no equals sign or a name is set twice
     */
    public static Assignments parse(List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new InvalidInputException("--set \"" + text + "\" must be NAME=VALUE");
            }
            String name = text.substring(0, equals).strip();
            if (values.put(name, text.substring(equals + 1)) != null) {
                throw new InvalidInputException("--set gives " + name + " twice");
            }
        }
        return new Assignments(values);
    }

    /** These assignments and the value of a declared parameter, which replaces an earlier one. */
    public <T> Assignments with(Parameter<T> parameter, T value) {
        return with(parameter.name(), value);
    }

    /** These assignments and one more, which replaces an earlier one of the same name. */
    public Assignments with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value.toString());
        return new Assignments(more);
    }

    /** The value assigned to a parameter; empty if there is none that it allows. */
    public <T> Optional<T> find(Parameter<T> parameter) {
        return Optional.ofNullable(values.get(parameter.name())).flatMap(parameter.type()::parse);
    }

    /** The assignments whose names pass a test. */
    public Assignments only(Predicate<String> test) {
        Map<String, String> kept = new LinkedHashMap<>(values);
        kept.keySet().removeIf(test.negate());
        return new Assignments(kept);
    }

    /** The assignments to parameters that one of the plugins declares; in the order in which they were given. */
    public Assignments declaredBy(Plugin... plugins) {
        return only(namesDeclaredBy(plugins)::contains);
    }

    private static Set<String> namesDeclaredBy(Plugin... plugins) {
        Set<String> declared = new LinkedHashSet<>();
        for (Plugin plugin : plugins) {
            plugin.parameters().forEach(parameter -> declared.add(parameter.name()));
        }
        return declared;
    }

    /**
     * Insists that each name is declared by at least one of the plugins.
     *
     * @throws InvalidInputException naming the nearest declared parameter
     */
    public Assignments requireDeclaredBy(Plugin... plugins) {
        Set<String> declared = namesDeclaredBy(plugins);
        List<String> owners = Arrays.stream(plugins).map(Plugin::id).toList();
        for (String name : values.keySet()) {
            if (!declared.contains(name)) {
                String nobody = owners.size() == 1
                        ? owners.get(0) + " has no parameter"
                        : "neither of " + String.join(", ", owners) + " has a parameter";
                throw new InvalidInputException(nobody + " \"" + name + "\"" + NearestName.suggestion(name, declared));
            }
        }
        return this;
    }

    /**
     * The values of the parameters that a plugin declares; assignments to others are passed over.
     *
     * @param kind what the plugin is, for messages: "problem"
     */
    public ParameterValues of(String kind, Plugin plugin) {
        return ParameterValues.parse(
                kind + " " + plugin.id(),
                plugin.parameters(),
                declaredBy(plugin).values());
    }
}
