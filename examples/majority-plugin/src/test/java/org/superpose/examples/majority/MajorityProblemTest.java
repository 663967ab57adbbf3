package org.superpose.examples.majority;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.testkit.ProblemContract;

class MajorityProblemTest extends ProblemContract {
    @Override
    protected Problem plugin() {
        return new MajorityProblem();
    }

    @Override
    protected List<ParameterValues> samples() {
        return List.of(given("inputs=12", "outputs=20"), given("inputs=5", "outputs=10", "max-active=4"));
    }

    @Override
    protected List<ParameterValues> refused() {
        return List.of(given("inputs=5", "outputs=11"), given("inputs=5", "outputs=4", "max-active=6"));
    }

    @Test
    void anOutputIsOnIffTwoOfItsThreeInputsAre() {
        ProblemInstance instance = plugin().instantiate(samples().get(1), new Seed(3));
        instance.domain().forEach(input -> {
            for (int i = 0; i < instance.outputs(); i++) {
                int active = 0;
                for (int j : instance.gates().reads(i)) {
                    active += input.contains(j) ? 1 : 0;
                }
                assertEquals(active >= 2, instance.evaluate(input).contains(i), "output " + i + " on " + input);
            }
        });
    }
}
