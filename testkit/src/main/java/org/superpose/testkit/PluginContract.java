package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Plugin;

/**
 * The part of the contract that all plugins share: a plugin says who it is, declares each of its parameters once, and
 * keeps no state. Extend the contract of the kind of plugin, not this class.
 *
 * @param <P> the kind of plugin
 */
public abstract class PluginContract<P extends Plugin> {
    /**
     * Makes the plugin under test.
     *
     * @return a new object at each call: some rules compare two of them
     */
    protected abstract P plugin();

    /**
     * Values of the plugin's parameters, parsed as on the command line: {@code given("inputs=64", "outputs=32")}.
     *
     * @param assignments {@code name=value}, one for each parameter that does not keep its default
     * @return the values, defaults included
     * @throws org.superpose.core.InvalidInputException if a name is not declared, a value not allowed or a required one
     *     missing
     */
    protected final ParameterValues given(String... assignments) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            texts.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        P plugin = plugin();
        return ParameterValues.parse(plugin.id(), plugin.parameters(), texts);
    }

    /** The id consists of lower-case words joined by hyphens, the title of one line, and neither ever changes. */
    @Test
    public final void itSaysWhoItIs() {
        P plugin = plugin();
        assertNotNull(plugin.id(), "the id is null");
        assertTrue(
                plugin.id().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"),
                () -> "the id \"" + plugin.id() + "\" is not lower-case words joined by hyphens");
        assertNotNull(plugin.title(), "the title is null");
        assertTrue(
                !plugin.title().isBlank() && plugin.title().lines().count() == 1,
                () -> "the title \"" + plugin.title() + "\" is not one line");
        assertEquals(plugin.id(), plugin().id(), "two objects of the plugin have different ids");
    }

    /** No two parameters share a name, each has one line of help, and the list never changes. */
    @Test
    public final void everyParameterIsDeclaredOnceWithHelp() {
        P plugin = plugin();
        Set<String> names = new HashSet<>();
        for (Parameter<?> parameter : plugin.parameters()) {
            assertTrue(names.add(parameter.name()), () -> parameter.name() + " is declared twice");
            assertTrue(
                    !parameter.help().isBlank() && parameter.help().lines().count() == 1,
                    () -> parameter.name() + " needs one line of help");
        }
        assertEquals(plugin.parameters(), plugin.parameters(), "the declared parameters change from call to call");
        assertEquals(plugin.parameters(), plugin().parameters(), "two objects declare different parameters");
    }

    /** A plugin is stateless: all its fields, and those of its superclasses, are final. */
    @Test
    public final void itKeepsNoState() {
        for (Class<?> type = plugin().getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.isSynthetic() && !Modifier.isFinal(field.getModifiers())) {
                    fail("the field " + type.getSimpleName() + "." + field.getName()
                            + " is not final, but plugins are stateless: any number of threads may use one");
                }
            }
        }
    }

    /**
     * Runs some work with observed values, and fails if it reads a parameter that the plugin does not declare, or
     * declares with another type or default.
     *
     * @param values the values to observe
     * @param read receives the names of the parameters that were read
     * @param work is given the observed values
     */
    protected final void observing(ParameterValues values, Set<String> read, Consumer<ParameterValues> work) {
        List<Parameter<?>> declared = plugin().parameters();
        Set<String> undeclared = Collections.synchronizedSet(new TreeSet<>());
        Set<String> seen = Collections.synchronizedSet(new HashSet<>());
        work.accept(values.observedBy(parameter -> {
            seen.add(parameter.name());
            if (declared.stream().noneMatch(other -> isSameKnob(other, parameter))) {
                undeclared.add(describe(parameter, declared));
            }
        }));
        read.addAll(seen);
        assertTrue(undeclared.isEmpty(), () -> "it reads " + String.join("; and ", undeclared));
    }

    private static boolean isSameKnob(Parameter<?> declared, Parameter<?> read) {
        return declared.name().equals(read.name())
                && declared.type().equals(read.type())
                && declared.defaultValue().equals(read.defaultValue());
    }

    private static String describe(Parameter<?> read, List<Parameter<?>> declared) {
        return declared.stream()
                .filter(parameter -> parameter.name().equals(read.name()))
                .findFirst()
                .map(other -> read.name() + " as " + knob(read) + ", but declares it as " + knob(other))
                .orElse("the parameter " + read.name() + ", which it does not declare");
    }

    private static String knob(Parameter<?> parameter) {
        return parameter.type().name() + ", " + parameter.type().range() + " (" + parameter.describeDefault() + ")";
    }

    /**
     * Fails if the plugin declares a parameter that was never read.
     *
     * @param read the names of the parameters that were read, for all samples together
     */
    protected final void requireAllRead(Set<String> read) {
        Set<String> unused = new TreeSet<>();
        plugin().parameters().forEach(parameter -> unused.add(parameter.name()));
        unused.removeAll(read);
        assertTrue(
                unused.isEmpty(),
                () -> "it declares " + String.join(", ", unused)
                        + ", but never reads it: drop the parameter, or add a sample that makes it count");
    }
}
