package org.superpose.runner.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Counting;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;

/** Each rule catches an experiment that breaks it, and an experiment that breaks none passes. */
class ExperimentContractTest {
    private static void assertCaught(Supplier<Experiment> experiment, String... rules) {
        ExperimentContract contract = new ExperimentContract() {
            @Override
            protected Experiment plugin() {
                return experiment.get();
            }

            @Override
            protected List<ParameterValues> samples() {
                return List.of(given(), given("units=2"));
            }
        };
        assertEquals(Set.of(rules), BrokenRules.of(contract));
    }

    @Test
    void anExperimentThatKeepsItsContractPasses() {
        assertCaught(Counting::new);
    }

    @Test
    void aPlanThatChangesIsCaught() {
        AtomicInteger plans = new AtomicInteger();
        assertCaught(
                () -> new Counting() {
                    @Override
                    protected String label(int number) {
                        return "unit " + plans.getAndIncrement();
                    }
                },
                "theSameParametersAndSeedGiveTheSamePlan");
    }

    @Test
    void twoUnitsOfOneLabelAreCaught() {
        assertCaught(
                () -> new Counting() {
                    @Override
                    protected String label(int number) {
                        return "unit";
                    }
                },
                "theSameParametersAndSeedGiveTheSamePlan");
    }

    @Test
    void aMeasurementThatDependsOnTheThreadsOrOnTheOrderIsCaught() {
        AtomicInteger runs = new AtomicInteger();
        assertCaught(
                () -> new Counting() {
                    @Override
                    protected Object count(int number, VerificationBudget budget) {
                        return runs.getAndIncrement();
                    }
                },
                "aUnitMeasuresTheSameEveryTime");
        assertCaught(
                () -> new Counting() {
                    @Override
                    protected Object count(int number, VerificationBudget budget) {
                        return budget.threads();
                    }
                },
                "aUnitMeasuresTheSameEveryTime");
    }

    @Test
    void aColumnThatIsNeverMeasuredIsCaught() {
        assertCaught(
                () -> new Counting() {
                    @Override
                    public List<String> columns() {
                        return List.of("cuont");
                    }
                },
                "everyColumnIsMeasured");
    }

    @Test
    void parametersThatAreHiddenOrIdleAreCaught() {
        Parameter<Boolean> more = Parameter.flag("more", "nothing").withDefault(false);
        assertCaught(
                () -> new Counting() {
                    @Override
                    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
                        parameters.get(more);
                        return super.plan(parameters, seed);
                    }
                },
                "itReadsOnlyWhatItDeclares");
        assertCaught(
                () -> new Counting() {
                    @Override
                    public List<Parameter<?>> parameters() {
                        return List.of(UNITS, more);
                    }
                },
                "itReadsAllThatItDeclares");
    }

    @Test
    void aBlankDurationIsCaught() {
        assertCaught(
                () -> new Counting() {
                    @Override
                    public String expectedDuration() {
                        return "";
                    }
                },
                "itSaysHowLongItTakes");
    }
}
