package org.superpose.runner.workbench;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.network.Provenance;

/**
 * What a construction itself says of the errors that it left in a network. Constructions that count report the fact
 * {@value #WRONG_INPUTS} or {@value #WRONG_OUTPUTS}; of others nothing is known before a verifier has looked.
 */
public final class KnownErrors {
    /** The fact that counts the inputs on which an output is wrong. */
    public static final String WRONG_INPUTS = "wrong-inputs-left";

    /** The fact that counts the outputs that are wrong on some input. */
    public static final String WRONG_OUTPUTS = "wrong-outputs";

    /** The fact that says whether all wrong inputs were counted. */
    private static final String COUNTED = "wrong-inputs-counted";

    private KnownErrors() {}

    /** How many inputs or outputs are known to be wrong, as a sentence; empty if none are. */
    public static Optional<String> of(Provenance provenance) {
        Map<String, Object> facts = provenance.facts();
        long inputs = count(facts.get(WRONG_INPUTS));
        if (inputs > 0) {
            boolean isAll = !Boolean.FALSE.equals(facts.get(COUNTED));
            return Optional.of((isAll ? "" : "at least ") + areWrong(inputs, "input"));
        }
        long outputs = count(facts.get(WRONG_OUTPUTS));
        return outputs > 0 ? Optional.of(areWrong(outputs, "output") + " on some input") : Optional.empty();
    }

    private static long count(Object fact) {
        return fact instanceof Number number ? number.longValue() : 0;
    }

    private static String areWrong(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s left wrong", count, count == 1 ? what + " is" : what + "s are");
    }
}
