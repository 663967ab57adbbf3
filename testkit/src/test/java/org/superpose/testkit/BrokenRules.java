package org.superpose.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs every rule of a contract and tells which of them fail. */
final class BrokenRules {
    private BrokenRules() {}

    /** The names of the test methods that fail with an AssertionError; any other failure is passed on. */
    static Set<String> of(PluginContract<?> contract) {
        Set<String> failing = new TreeSet<>();
        for (Method rule : contract.getClass().getMethods()) {
            if (!rule.isAnnotationPresent(Test.class)) {
                continue;
            }
            try {
                rule.invoke(contract);
            } catch (InvocationTargetException thrown) {
                if (!(thrown.getCause() instanceof AssertionError)) {
                    throw new IllegalStateException(rule.getName() + " broke down", thrown.getCause());
                }
                failing.add(rule.getName());
            } catch (IllegalAccessException notPublic) {
                throw new IllegalStateException(notPublic);
            }
        }
        return failing;
    }
}
