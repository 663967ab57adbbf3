package org.superpose.examples.majority;

import java.util.List;
import java.util.Map;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.testkit.ConstructionContract;

class MajorityChannelsTest extends ConstructionContract {
    @Override
    protected Construction plugin() {
        return new MajorityChannels();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(new Sample(majorities(2), given("width=200")));
    }

    @Override
    protected List<ProblemInstance> rejected() {
        return List.of(majorities(3));
    }

    @Override
    protected List<Sample> refused() {
        return List.of(new Sample(majorities(2), given("width=20", "code-weight=21")));
    }

    private static ProblemInstance majorities(int maxActive) {
        Problem problem = new MajorityProblem();
        Map<String, String> texts =
                Map.of("inputs", "40", "outputs", "60", "max-active", Integer.toString(maxActive));
        return problem.instantiate(ParameterValues.parse(problem.id(), problem.parameters(), texts), new Seed(1));
    }
}
