package org.superpose.runner.contract;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.builtin.QuickstartExperiment;

/** The quickstart keeps the contract of plugins. */
@Tag("slow")
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

        /** Only the permutation of 4096 features; the others would take too long for a test. */
        @Override
        protected int unitsToRun() {
            return 1;
        }
    }
}
