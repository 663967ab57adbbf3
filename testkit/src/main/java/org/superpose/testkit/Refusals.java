package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterType;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Plugin;

/** How bad input has to be refused: by an {@link InvalidInputException} whose message is one line. */
final class Refusals {
    private Refusals() {}

    /** Runs a request that must be refused. */
    static void assertRefused(String what, Runnable request) {
        try {
            request.run();
        } catch (InvalidInputException refused) {
            requireSentence(what, refused);
            return;
        } catch (RuntimeException wrongKind) {
            throw new AssertionError(
                    what + " must be refused with an InvalidInputException, not " + wrongKind, wrongKind);
        }
        throw new AssertionError(what + " must be refused, but was taken");
    }

    /** Runs a request that may work or be refused, but not fail in any other way. */
    static void assertWorksOrIsRefused(String what, Runnable request) {
        try {
            request.run();
        } catch (InvalidInputException refused) {
            requireSentence(what, refused);
        } catch (RuntimeException wrongKind) {
            throw new AssertionError(
                    what + " must work or be refused with an InvalidInputException, not " + wrongKind, wrongKind);
        }
    }

    private static void requireSentence(String what, InvalidInputException refused) {
        String message = refused.getMessage();
        assertTrue(
                message != null && !message.isBlank() && message.lines().count() == 1,
                () -> what + " is refused without a sentence that says why, but with \"" + message + "\"");
    }

    /** Requires a rejection whose reason is one line that is not blank. */
    static void assertRejected(String what, Acceptance acceptance) {
        String reason =
                acceptance.reason().orElseThrow(() -> new AssertionError(what + " must be rejected, but is accepted"));
        assertTrue(
                !reason.isBlank() && reason.lines().count() == 1,
                () -> what + " is rejected without a reason, but with \"" + reason + "\"");
    }

    /** The given values with one parameter moved to an edge of its range, for each parameter and each cheap edge. */
    static List<ParameterValues> edges(Plugin plugin, ParameterValues values) {
        List<ParameterValues> edges = new ArrayList<>();
        for (Parameter<?> parameter : plugin.parameters()) {
            for (String text : edgeTexts(parameter.type())) {
                Map<String, String> texts = new LinkedHashMap<>();
                values.asMap().forEach((name, value) -> texts.put(name, value.toString()));
                texts.put(parameter.name(), text);
                edges.add(ParameterValues.parse(plugin.id(), plugin.parameters(), texts));
            }
        }
        return edges;
    }

    private static List<String> edgeTexts(ParameterType<?> type) {
        if (type instanceof ParameterType.Whole whole) {
            // The upper end may stand for millions of features.
            return List.of(Integer.toString(whole.min()));
        }
        if (type instanceof ParameterType.Real real) {
            return List.of(Double.toString(real.min()), Double.toString(real.max()));
        }
        if (type instanceof ParameterType.Choice choice) {
            return choice.names();
        }
        return type instanceof ParameterType.Flag ? List.of("true", "false") : List.of();
    }
}
