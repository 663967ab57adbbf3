package org.superpose.runner.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.EngineSession;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.Sweep;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/** Each rule catches an engine that breaks it, and an engine that breaks none passes. */
@Tag("slow")
class EngineContractTest {
    /** Runs one unit after the other on the calling thread; tests change one thing about it. */
    private static class OneByOne implements ExecutionEngine {
        @Override
        public String id() {
            return "one-by-one";
        }

        @Override
        public String title() {
            return "one unit after the other";
        }

        @Override
        public void run(ExecutionRequest request) throws InterruptedException {
            for (int number : numbers(request)) {
                if (!goesOn(request)) {
                    return;
                }
                start(request, number);
                UnitReport report = report(request.sweep(), number);
                request.recorder().record(report);
                if (Thread.interrupted()) {
                    interrupted();
                }
            }
        }

        List<Integer> numbers(ExecutionRequest request) {
            return request.numbers();
        }

        boolean goesOn(ExecutionRequest request) {
            return request.recorder().wantsMore();
        }

        void start(ExecutionRequest request, int number) {
            request.listener()
                    .started(number, request.sweep().units().get(number).label());
            request.listener().progressed(number, 0.5);
        }

        void interrupted() throws InterruptedException {
            throw new InterruptedException();
        }

        UnitReport report(Sweep sweep, int number) {
            WorkUnit unit = sweep.units().get(number);
            List<Measurement> rows = List.of();
            Optional<Throwable> failure = Optional.empty();
            try {
                rows = unit.run(sweep.workbench(), budget(sweep));
            } catch (Throwable thrown) {
                failure = Optional.of(caught(thrown));
            }
            return new UnitReport(number, unit.label(), rows, failure, Instant.EPOCH, 0, 0);
        }

        VerificationBudget budget(Sweep sweep) {
            return sweep.budget();
        }

        Throwable caught(Throwable thrown) {
            return thrown;
        }
    }

    private static void assertCaught(Supplier<ExecutionEngine> engine, String... rules) {
        EngineContract contract = new EngineContract() {
            @Override
            protected ExecutionEngine plugin() {
                return engine.get();
            }
        };
        assertEquals(Set.of(rules), BrokenRules.of(contract));
    }

    private static final String[] RUNNING = {
        "everyUnitIsRecordedOnceWithWhatItMeasures",
        "onlyTheUnitsAskedForAreRun",
        "aSessionRunsSeveralRequests",
        "whateverAUnitThrowsIsRecordedAndTheOthersGoOn"
    };

    @Test
    void anEngineThatKeepsItsContractPasses() {
        assertCaught(OneByOne::new);
    }

    @Test
    void unitsThatAreForgottenOrRunTwiceAreCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    List<Integer> numbers(ExecutionRequest request) {
                        return request.numbers().stream().skip(1).toList();
                    }
                },
                RUNNING);
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    List<Integer> numbers(ExecutionRequest request) {
                        List<Integer> twice = new ArrayList<>(request.numbers());
                        twice.addAll(request.numbers());
                        return twice;
                    }
                },
                RUNNING);
    }

    @Test
    void unitsThatNobodyAskedForAreCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    List<Integer> numbers(ExecutionRequest request) {
                        return request.sweep().numbers();
                    }
                },
                "onlyTheUnitsAskedForAreRun",
                "aSessionRunsSeveralRequests");
    }

    @Test
    void aBudgetThatIsNotTheSweepsIsCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    VerificationBudget budget(Sweep sweep) {
                        return VerificationBudget.unlimited();
                    }
                },
                "everyUnitIsRecordedOnceWithWhatItMeasures",
                "onlyTheUnitsAskedForAreRun");
    }

    @Test
    void aFailureThatLosesItsReasonOrEndsTheRunIsCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    Throwable caught(Throwable thrown) {
                        return new IllegalStateException("something went wrong");
                    }
                },
                RUNNING);
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    Throwable caught(Throwable thrown) {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        return thrown;
                    }
                },
                "whateverAUnitThrowsIsRecordedAndTheOthersGoOn");
    }

    @Test
    void unitsThatStartThoughNothingIsWantedAreCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    boolean goesOn(ExecutionRequest request) {
                        return true;
                    }
                },
                "nothingIsStartedWhenNothingIsWanted");
    }

    @Test
    void aUnitThatIsNotSaidToStartIsCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    void start(ExecutionRequest request, int number) {}
                },
                "everyUnitIsRecordedOnceWithWhatItMeasures",
                "onlyTheUnitsAskedForAreRun",
                "aSessionRunsSeveralRequests");
    }

    @Test
    void anInterruptionThatIsSwallowedIsCaught() {
        assertCaught(
                () -> new OneByOne() {
                    private final boolean[] interrupted = new boolean[1];

                    @Override
                    void interrupted() {
                        interrupted[0] = true;
                    }

                    @Override
                    boolean goesOn(ExecutionRequest request) {
                        return !interrupted[0] && super.goesOn(request);
                    }
                },
                "anInterruptedRunEnds");
    }

    @Test
    void aSessionThatWorksOnlyOnceIsCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    public EngineSession open(Sweep sweep) {
                        EngineSession inner = super.open(sweep);
                        return new EngineSession() {
                            private boolean over;

                            @Override
                            public void run(ExecutionRequest request) throws InterruptedException {
                                if (!over) {
                                    inner.run(request);
                                }
                                over = true;
                            }

                            @Override
                            public void close() {}
                        };
                    }
                },
                "aSessionRunsSeveralRequests");
    }

    @Test
    void settingsThatTakeTheNamesOfParametersAreCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    public boolean hasSetting(String name) {
                        return name.startsWith("in");
                    }
                },
                "settingsHaveNamesOfTheirOwn");
    }

    @Test
    void aForgedVerdictIsCaught() {
        assertCaught(
                () -> new OneByOne() {
                    @Override
                    public Verdict verify(
                            Workbench workbench, BuiltNetwork built, String verifier, VerificationBudget budget) {
                        return new Verdict.Verified(
                                verifier, built.instance().domain().size());
                    }
                },
                "verdictsAreThoseOfTheVerifiers");
    }
}
