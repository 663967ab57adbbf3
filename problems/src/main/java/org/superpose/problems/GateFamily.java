package org.superpose.problems;

import java.util.List;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

/** A kind of map that can be a problem by itself or one layer of a layered problem. */
interface GateFamily {
    /** The name, alike for the problem and for the layer. */
    String id();

    /**
     * What a layer of this kind can be given: all parameters of the problem but the number of inputs and the activity
     * bound.
     */
    List<Parameter<?>> layerParameters();

    /**
     * Draws one layer over the given number of inputs; output labels are random.
     *
     * @throws org.superpose.core.InvalidInputException if there is no such layer; the message says why
     */
    Gates draw(int inputs, ParameterValues values, Seed seed);
}
