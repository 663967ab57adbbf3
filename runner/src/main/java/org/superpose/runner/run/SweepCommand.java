package org.superpose.runner.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.workbench.ShellWords;

/**
 * What a sweep was planned from, as options of the command line.
 *
 * @param sweep the sweep
 */
record SweepCommand(Sweep sweep) {
    /**
     * The command that plans the same.
     *
     * @param words those before assignments, seed and limits
     */
    String text(List<String> words) {
        List<String> all = new ArrayList<>(words);
        sweep.workbench().trustedVerifiers().forEach(id -> all.addAll(List.of("--trust-verifier", id)));
        sweep.recipe().assignments().forEach((name, value) -> all.addAll(List.of("--set", name + "=" + value)));
        all.addAll(List.of("--seed", Long.toString(sweep.recipe().seed())));
        limits().forEach((option, value) -> all.addAll(List.of(option, value)));
        String command = ShellWords.join("superpose", all);
        return sweep.workbench()
                .definedMap()
                .map(map -> "# a program with the map " + map.problem() + ", sha256 " + NetworkDigest.of(map) + ": "
                        + command)
                .orElse(command);
    }

    /** Adds to the properties of a sweep the map that a program defined, if there is one: its name and its digest. */
    void putMap(Map<String, String> properties) {
        sweep.workbench().definedMap().ifPresent(map -> {
            properties.put("problem", map.problem());
            properties.put("map", "sha256 " + NetworkDigest.of(map));
        });
    }

    /** Adds to the properties of a sweep which verifiers {@code auto} may take besides core's, if there are any. */
    void putTrust(Map<String, String> properties) {
        List<String> trusted = sweep.workbench().trustedVerifiers();
        if (!trusted.isEmpty()) {
            properties.put("trusted verifiers", String.join(" ", trusted));
        }
    }

    /** The limits of verification that are not the default, by option. */
    Map<String, String> limits() {
        VerificationBudget budget = sweep.budget();
        VerificationBudget unlimited = VerificationBudget.unlimited();
        Map<String, String> limits = new LinkedHashMap<>();
        if (budget.maxSeconds() != unlimited.maxSeconds()) {
            limits.put("--max-seconds", Double.toString(budget.maxSeconds()));
        }
        if (budget.maxInputs() != unlimited.maxInputs()) {
            limits.put("--max-inputs", Long.toString(budget.maxInputs()));
        }
        if (budget.samples() != unlimited.samples()) {
            limits.put("--samples", Long.toString(budget.samples()));
        }
        return limits;
    }
}
