package org.superpose.core.construction;

import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * A construction whose networks can be put one after another, because it can read codes that another block writes.
 * {@code layered} and {@code k-and-tree} make chains of them.
 */
public interface BlockConstruction extends Construction {
    /** The fact of a network that names the ids of the blocks it is made of, joined by spaces. */
    String BLOCKS = "blocks";

    /**
     * Builds a network that reads given codes and pushes its values back: where it is right, y_L is the 0/1 indicator
     * of the union of the codes of the active outputs, so that another block can follow and noise does not accumulate.
     * Its own input may be such a union as well as a sum of codes.
     *
     * @param instance one layer of gates that the construction accepts; the domain says how many features a block
     *     before it can turn on
     * @param inputCodes the codes of the m inputs
     * @param parameters as for {@link #build(ProblemInstance, ParameterValues, Seed)}; what concerns the input codes is
     *     not read
     * @param seed the output codes are drawn from {@code seed.child("output-encoding")}
     * @throws org.superpose.core.InvalidInputException if the parameters do not fit the instance
     */
    SuperposedNetwork buildBlock(ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed);

    /**
     * Builds the same block, unless that takes too long; by default nothing looks at the deadline.
     *
     * @param deadline as for {@link #build(ProblemInstance, ParameterValues, Seed, Deadline)}
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before the block is there
     */
    default SuperposedNetwork buildBlock(
            ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed, Deadline deadline) {
        return buildBlock(instance, inputCodes, parameters, seed);
    }

    /**
     * {@return whether the only codes that it reads are identity codes, one neuron for each feature} A chain that is
     * made of such blocks gives them to the first one.
     */
    default boolean readsOnlyIdentityCodes() {
        return false;
    }

    /**
     * {@return its place where a chain is left to choose} Of the blocks that accept a layer, the one of the lowest rank
     * is taken, and of those alike the first by id. So a block that does less than another, and does it better, has the
     * lower rank.
     */
    default int rank() {
        return 100;
    }
}
