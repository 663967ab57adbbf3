package org.superpose.constructions.clipped.conflict;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;

/** The inputs that a block of gates has to get right, and the way to find those that it gets wrong. Immutable. */
public final class TrackedInputs {
    /** Hidden rows beyond which lists take less memory than a bit for each feature and row. */
    private static final int MOST_ROWS_OF_VECTORS = 4096;

    private final Function<ChannelWiring, WrongInputTracker> tracker;

    private TrackedInputs(Function<ChannelWiring, WrongInputTracker> tracker) {
        this.tracker = tracker;
    }

    /**
     * All inputs of a domain.
     *
     * @param gates of one fan-in
     * @param hidden the number of hidden rows
     * @return empty if that would take too long
     */
    public static Optional<TrackedInputs> of(InputDomain domain, Gates gates, int hidden) {
        if (domain.maxActive() <= gates.maxFanIn()) {
            return Optional.of(
                    new TrackedInputs(wiring -> wiring.hidden() > MOST_ROWS_OF_VECTORS && PairTracker.serves(wiring)
                            ? new PairTracker(wiring, domain)
                            : new ContainmentTracker(wiring, domain)));
        }
        return OverlapTracker.isFeasible(domain, hidden)
                ? Optional.of(new TrackedInputs(wiring -> new OverlapTracker(wiring, domain)))
                : Optional.empty();
    }

    /**
     * The inputs of a list.
     *
     * @param inputs distinct; those of fewer features than a gate reads may be left out
     * @param clean whether a stray output row makes an input wrong, because another block follows
     */
    public static TrackedInputs listed(Collection<FeatureSet> inputs, boolean clean) {
        return new TrackedInputs(wiring -> new ListTracker(wiring, inputs, clean));
    }

    /** Nothing is counted yet. */
    WrongInputTracker tracker(ChannelWiring wiring) {
        return tracker.apply(wiring);
    }
}
