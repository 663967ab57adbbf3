package org.superpose.constructions.clipped;

import java.util.List;
import org.superpose.constructions.Admission;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * The general clipped construction: copies by {@link ClippedPermutation}, AND gates by {@link ClippedAnd}, and several
 * layers block by block (theory, section 5).
 *
 * <p>Copies are one matrix where that is wide enough; where it is not, and one feature is active at most, they are
 * gates of fan-in one with channels, two matrices. Layers of copies are read through, so a chain of permutations takes
 * the width of one. What is left of several layers is a {@link ClippedChain}.
 */
public final class Clipped implements Construction {
    /** The most expected errors where nothing can be mended. */
    private static final double MOST_EXPECTED_ERRORS = 1;

    private final ClippedAnd and = new ClippedAnd();
    private final ClippedPermutation permutation = new ClippedPermutation();

    @Override
    public String id() {
        return "clipped";
    }

    @Override
    public String title() {
        return "clipped 0/1 matrices: chooses clipped-permutation or clipped-and, or chains blocks for several layers; "
                + "permutations in a row are built as the one that they are";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return and.parameters();
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        return instance.layers().stream()
                .map(Admission::and)
                .reduce(Acceptance.accepted(), (one, other) -> one.and(() -> other))
                .and(() -> acceptsFolded(CopyFolding.fold(instance.layers()), instance.domain()));
    }

    private static Acceptance acceptsFolded(List<Gates> layers, InputDomain domain) {
        return layers.stream()
                .filter(layer -> layer.minFanIn() != layer.maxFanIn())
                .findFirst()
                .map(layer -> Acceptance.rejected("the gates of a layer read from " + layer.minFanIn() + " to "
                        + layer.maxFanIn() + " different features, but all have to read equally many"))
                .orElseGet(() -> layers.size() > 1 ? ClippedChain.accepts(domain) : Acceptance.accepted());
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return build(instance, parameters, seed, Deadline.NEVER);
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        Admission.require(this, instance);
        List<Gates> layers = CopyFolding.fold(instance.layers());
        if (layers.size() > 1) {
            return new ClippedChain(layers, instance.domain(), parameters.complete(parameters()), seed)
                    .build(id(), deadline);
        }
        ProblemInstance single = instance.with(layers, instance.domain());
        Construction part = isOneMatrix(single, parameters) ? permutation : and;
        SuperposedNetwork network = part.build(single, parameters, seed, deadline);
        return network.withProvenance(new Provenance(
                id(),
                network.provenance().parameters(),
                seed.value(),
                network.provenance().facts()));
    }

    /**
     * Whether one matrix is to copy features. It has no channels to move, so where it is likely to err, and no more
     * than one feature is active, two matrices with channels between take its place. (With more active features the
     * stray rows of the first matrix are far too many for the second.)
     */
    private static boolean isOneMatrix(ProblemInstance single, ParameterValues parameters) {
        return single.gates().maxFanIn() == 1
                && (single.maxActive() > 1
                        || parameters.find(ClippedParameters.CHANNEL_WEIGHT).isEmpty()
                                && ClippedPermutation.expectedErrors(single, parameters) <= MOST_EXPECTED_ERRORS);
    }
}
