package org.superpose.examples.majority;

import java.util.List;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.runner.contract.ExperimentContract;
import org.superpose.runner.experiment.Experiment;

class MajorityWidthsTest extends ExperimentContract {
    @Override
    protected Experiment plugin() {
        return new MajorityWidths();
    }

    @Override
    protected List<ParameterValues> samples() {
        return List.of(given("outputs=40"));
    }
}
