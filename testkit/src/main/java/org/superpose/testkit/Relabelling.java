package org.superpose.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/**
 * Another map of the same shape: inputs and outputs change places at random. Every number about the instance stays the
 * same (sizes, fan-ins, the multiset of influences, groups); only which output reads which inputs differs.
 */
final class Relabelling {
    private Relabelling() {}

    /**
     * An instance with other gates.
     *
     * @throws AssertionError if the instance is so small or so symmetric that every relabelling gives the same gates
     */
    static ProblemInstance of(ProblemInstance instance) {
        for (long attempt = 0; attempt < 20; attempt++) {
            List<Gates> layers = relabelled(instance, new Seed(attempt).generator());
            if (!layers.equals(instance.layers())) {
                return new ProblemInstance(
                        instance.problem(),
                        instance.parameters(),
                        instance.seed(),
                        layers,
                        instance.domain(),
                        instance.functionClass(),
                        instance.inputNames(),
                        instance.outputNames());
            }
        }
        throw new AssertionError("a sample has no other gates of the same shape: choose a larger one");
    }

    private static List<Gates> relabelled(ProblemInstance instance, RandomGenerator random) {
        List<Gates> layers = new ArrayList<>(instance.layers());
        int last = layers.size() - 1;
        layers.set(0, layers.get(0).withInputs(instance.inputs(), withinGroups(instance.domain(), random)));
        layers.set(last, layers.get(last).withOutputs(shuffled(instance.outputs(), random)));
        return layers;
    }

    /** Features change places with others of the same group only; the domain stays as it is. */
    private static int[] withinGroups(InputDomain domain, RandomGenerator random) {
        if (!domain.isGrouped()) {
            return shuffled(domain.features(), random);
        }
        int[] newInput = new int[domain.features()];
        for (int group = 0; group < domain.groupCount(); group++) {
            int wanted = group;
            int[] members = IntStream.range(0, domain.features())
                    .filter(j -> domain.groupOf(j) == wanted)
                    .toArray();
            int[] order = shuffled(members.length, random);
            for (int t = 0; t < members.length; t++) {
                newInput[members[t]] = members[order[t]];
            }
        }
        return newInput;
    }

    private static int[] shuffled(int count, RandomGenerator random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int t = count - 1; t > 0; t--) {
            int s = random.nextInt(t + 1);
            int kept = order[s];
            order[s] = order[t];
            order[t] = kept;
        }
        return order;
    }
}
