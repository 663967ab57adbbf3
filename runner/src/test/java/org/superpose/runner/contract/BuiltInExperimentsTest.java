package org.superpose.runner.contract;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.builtin.QuickstartExperiment;

/** The first experiment of all keeps the contract that plugins are held to. */
class BuiltInExperimentsTest {
    @Nested
    class Quickstart extends ExperimentContract {
        @Override
        protected Experiment plugin() {
            return new QuickstartExperiment();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(given());
        }

        /** The permutation of 4096 features; the others take longer than a test should. */
        @Override
        protected int unitsToRun() {
            return 1;
        }
    }
}
