package org.superpose.constructions.linear;

import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Multi-input gates, directly: output channels with firing threshold t, for AND of one fan-in (t = r) and for
 * at-least(t).
 *
 * <p>Needs influences of at most m'^((t-1)/(2t)); in each gate t - 2 inputs may be heavier, because the others decide.
 */
@Reference(value = "Multiple inputs", standing = Standing.RECONSTRUCTED)
public final class LinearKAnd extends AbstractLinearConstruction {
    public LinearKAnd() {
        super("linear-k-and", "output channels for gates of any fan-in, with firing threshold r");
    }

    @Override
    public int rank() {
        return 40;
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return Refusals.unlessOneLayer(instance, id()).and(() -> ofLowInfluence(instance.gates()));
    }

    private Acceptance ofLowInfluence(Gates gates) {
        if (Threshold.of(gates).isEmpty()) {
            return Acceptance.rejected(Threshold.whyNone(gates));
        }
        int threshold = Threshold.of(gates).orElseThrow();
        int allowed = InfluenceLimit.allowed(gates.outputs(), threshold);
        int heavyAllowed = Math.max(0, threshold - 2);
        for (int i = 0; i < gates.outputs(); i++) {
            int[] heavy = IntStream.of(gates.reads(i))
                    .filter(input -> gates.influence(input) > allowed)
                    .toArray();
            if (heavy.length > heavyAllowed) {
                return Acceptance.rejected("influence " + gates.influence(heavy[0]) + " of input " + heavy[0]
                        + " exceeds " + InfluenceLimit.describe(gates.outputs(), threshold) + " allowed by " + id()
                        + (heavyAllowed == 0 ? "" : " for more than " + heavyAllowed + " inputs of one gate")
                        + (threshold == 2 ? "; use linear-two-and" : "; use k-and-tree"));
            }
        }
        return Acceptance.accepted();
    }

    @Override
    HiddenPlan plan(Gates gates, LinearChoices choices, Seed seed) {
        return OutputChannels.plan(gates, choices, seed);
    }
}
