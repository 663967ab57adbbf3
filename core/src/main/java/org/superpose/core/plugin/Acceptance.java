package org.superpose.core.plugin;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether a plugin can take what it was offered.
 *
 * @param reason why it cannot, with the numbers, as the end of a sentence; empty if it can
 */
public record Acceptance(Optional<String> reason) {
    /** {@return that it can} */
    public static Acceptance accepted() {
        return new Acceptance(Optional.empty());
    }

    /**
     * {@return that it cannot}
     *
     * @param reason the end of a sentence, with the numbers
     */
    public static Acceptance rejected(String reason) {
        return new Acceptance(Optional.of(reason));
    }

    /** {@return whether it can} */
    public boolean isAccepted() {
        return reason.isEmpty();
    }

    /**
     * {@return this rejection, or else what comes next}
     *
     * @param next is asked only if this is no rejection
     */
    public Acceptance and(Supplier<Acceptance> next) {
        return isAccepted() ? next.get() : this;
    }

    /**
     * Insists that it can.
     *
     * @param exception makes of the reason what is thrown if it cannot
     */
    public void require(Function<String, ? extends RuntimeException> exception) {
        if (reason.isPresent()) {
            throw exception.apply(reason.get());
        }
    }
}
