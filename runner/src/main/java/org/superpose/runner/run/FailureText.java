package org.superpose.runner.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.plugin.PluginException;
import org.superpose.runner.run.engine.UnitTimeoutException;

/** What went wrong in one sentence, for the store and for people. */
public final class FailureText {
    private FailureText() {}

    /**
     * Our own sentences as they are, anything else with its class; behind it what it was caused by, unless the sentence
     * has told that already.
     */
    public static String of(Throwable failure) {
        boolean sentence = failure instanceof InvalidInputException
                || failure instanceof PluginException
                || failure instanceof OutOfTimeException
                || failure instanceof UnitTimeoutException;
        StringBuilder text =
                new StringBuilder(sentence && failure.getMessage() != null ? failure.getMessage() : failure.toString());
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(failure);
        Throwable cause = failure.getCause();
        while (cause != null && seen.add(cause)) {
            if (!text.toString().contains(toldBy(cause))) {
                text.append(", caused by ").append(cause);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** What of a cause has to be in a text that tells of it. */
    private static String toldBy(Throwable cause) {
        return Optional.ofNullable(cause.getMessage())
                .filter(message -> !message.isBlank())
                .orElse(cause.getClass().getName());
    }
}
