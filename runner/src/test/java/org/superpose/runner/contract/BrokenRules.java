package org.superpose.runner.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.superpose.testkit.PluginContract;

/** Runs every rule of a contract and tells which of them fail. */
final class BrokenRules {
    private BrokenRules() {}

    /** The names of the test methods that fail. */
    static Set<String> of(PluginContract<?> contract) {
        Set<String> failing = new TreeSet<>();
        for (Method rule : contract.getClass().getMethods()) {
            if (rule.isAnnotationPresent(Test.class)) {
                try {
                    rule.invoke(contract);
                } catch (InvocationTargetException caught) {
                    failing.add(rule.getName());
                } catch (IllegalAccessException notPublic) {
                    throw new IllegalStateException(notPublic);
                }
            }
        }
        return failing;
    }
}
