package org.superpose.core.audit;

import org.superpose.core.feature.FeatureSet;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;

/**
 * The right answers of an audit. May be asked by any number of threads.
 *
 * <p>What is asked is the difference from a resting state, because few outputs leave it on a sparse input.
 */
public interface ExpectedOutputs {
    /** m', the number of outputs. */
    int outputs();

    /** The outputs that are on unless {@link #changes} names them; F(0) for a map of gates. */
    FeatureSet resting();

    /**
     * The outputs whose right value is not that of the resting state.
     *
     * @param active an input of the domain
     * @param index its place in the order of {@link org.superpose.core.feature.InputDomain#iterator}, from 0
     */
    FeatureSet changes(FeatureSet active, long index);

    /** What an instance computes. */
    static ExpectedOutputs of(ProblemInstance instance) {
        RestingState rest = RestingState.of(instance);
        return new ExpectedOutputs() {
            @Override
            public int outputs() {
                return instance.outputs();
            }

            @Override
            public FeatureSet resting() {
                return rest.outputs();
            }

            @Override
            public FeatureSet changes(FeatureSet active, long index) {
                return rest.changes(active);
            }
        };
    }
}
