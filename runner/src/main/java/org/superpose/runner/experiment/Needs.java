package org.superpose.runner.experiment;

import java.util.Optional;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.runner.workbench.Assignments;

/**
 * What a unit of work asks of the machine before it may start, so that two large networks do not start together.
 *
 * @param threads threads that it makes good use of, at least 1; it may be given more when no other unit is waiting
 * @param bytes heap that it holds at its peak, an estimate, at least 0
 */
public record Needs(int threads, long bytes) {
    /** The whole machine: the unit runs alone, with every thread. */
    public static final Needs EVERYTHING = new Needs(Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final long OVERHEAD_BYTES = 64L << 20;
    /** Two to three matrices of four bytes, and a copy in another form for the kernels. */
    private static final long BYTES_PER_WEIGHT = 16;
    /** Codes, channels, and the inverted index of the verifiers. */
    private static final long BYTES_PER_FEATURE = 2048;

    public Needs {
        if (threads < 1 || bytes < 0) {
            throw new IllegalArgumentException("needs out of range: " + threads + " threads, " + bytes + " bytes");
        }
    }

    /**
     * What building and verifying one network needs: one thread, and heap for its matrices and for the lists of who
     * shares what, if width and number of inputs are set; everything if they are not.
     */
    public static Needs ofNetwork(Assignments assignments) {
        Optional<Integer> width = assignments.find(ConstructionParameters.WIDTH);
        Optional<Integer> inputs = assignments.find(ProblemParameters.INPUTS);
        return inputs.isEmpty()
                ? EVERYTHING
                : ofNetwork(
                        width,
                        inputs.get(),
                        assignments.find(ProblemParameters.OUTPUTS).orElse(inputs.get()));
    }

    /** What building and verifying one network for a map needs; everything if its width is not known. */
    public static Needs ofNetwork(Assignments assignments, ProblemInstance map) {
        return ofNetwork(assignments.find(ConstructionParameters.WIDTH), map.inputs(), map.outputs());
    }

    private static Needs ofNetwork(Optional<Integer> width, int inputs, int outputs) {
        if (width.isEmpty()) {
            return EVERYTHING;
        }
        long features = (long) inputs + outputs;
        long weights = (long) width.get() * width.get();
        return new Needs(1, OVERHEAD_BYTES + BYTES_PER_WEIGHT * weights + BYTES_PER_FEATURE * features);
    }
}
