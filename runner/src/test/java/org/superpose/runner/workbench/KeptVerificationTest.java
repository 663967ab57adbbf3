package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;

/** When the progress of a verification is written down, by a clock that the test moves. */
class KeptVerificationTest {
    private static final int INPUTS = 12;
    private static final ResumeFile.Prover PROVER = new ResumeFile.Prover("stepwise", PluginFiles.NONE);

    @TempDir
    Path folder;

    private long seconds;
    private final List<Integer> keptAtStart = new ArrayList<>();

    private final BuiltNetwork built = Bench.build("permutation", "dedicated", "inputs", Integer.toString(INPUTS));

    private ResumeFile file() {
        return new ResumeFile(folder.resolve("kept.json"));
    }

    /** Proves a part, which takes some seconds, until the budget ends. */
    private final class Stepwise implements ResumableVerifier {
        private final int secondsPerPart;
        private final int preparation;
        private final BooleanSupplier afterPart;

        Stepwise(int secondsPerPart, int preparation, BooleanSupplier afterPart) {
            this.secondsPerPart = secondsPerPart;
            this.preparation = preparation;
            this.afterPart = afterPart;
        }

        @Override
        public String id() {
            return PROVER.verifier();
        }

        @Override
        public String title() {
            return "part by part";
        }

        @Override
        public Acceptance accepts(BuiltNetwork network) {
            return Acceptance.accepted();
        }

        @Override
        public double cost(BuiltNetwork network) {
            return 1;
        }

        @Override
        public Run resume(BuiltNetwork network, VerificationBudget budget, Coverage proved) {
            keptAtStart.add(file().read(built, PROVER).proved().cardinality());
            seconds += preparation;
            Deadline deadline = budget.deadline();
            BitSet parts = proved.proved();
            while (parts.cardinality() < INPUTS) {
                if (deadline.isOver()) {
                    return new Run(
                            Verdict.Undecided.unsampled(
                                    id(), budget.outOfTime(), BigInteger.valueOf(parts.cardinality()), BigInteger.TEN),
                            new Coverage(parts, List.of()));
                }
                parts.set(parts.nextClearBit(0));
                seconds += secondsPerPart;
                afterPart.getAsBoolean();
            }
            return new Run(new Verdict.Verified(id(), BigInteger.TEN), new Coverage(parts, List.of()));
        }
    }

    private Verdict verify(ResumableVerifier verifier, VerificationBudget budget) {
        return new KeptVerification(verifier, PROVER, built, budget, file(), () -> seconds * 1_000_000_000L)
                .verify(Coverage.NONE);
    }

    private static final BooleanSupplier NOTHING = () -> false;

    @Test
    void whatIsProvedIsInTheFileAfterAMinuteAndThenAtGrowingIntervals() {
        assertInstanceOf(Verdict.Verified.class, verify(new Stepwise(40, 0, NOTHING), VerificationBudget.unlimited()));
        assertEquals(List.of(0, 2, 6), keptAtStart, "80 s, then 160 s more, then 240 s are left");
    }

    @Test
    void aVerifierThatTakesLongToPrepareGetsOnAllTheSame() {
        assertInstanceOf(Verdict.Verified.class, verify(new Stepwise(1, 100, NOTHING), VerificationBudget.unlimited()));
        assertEquals(List.of(0, 0), keptAtStart);
    }

    @Test
    void theBudgetOfSecondsHoldsForAllTogetherAndTheReasonSaysSo() {
        Verdict verdict = verify(
                new Stepwise(40, 0, NOTHING), VerificationBudget.unlimited().withMaxSeconds(150));
        assertEquals("the budget of 150.0 s ran out", ((Verdict.Undecided) verdict).reason());
        assertEquals(4, file().read(built, PROVER).proved().cardinality());
    }

    @Test
    void whoIsInterruptedKeepsWhatIsProvedAndSaysSo() {
        AtomicBoolean asked = new AtomicBoolean();
        Stepwise verifier = new Stepwise(1, 0, () -> {
            if (seconds == 3) {
                asked.set(true);
            }
            return true;
        });
        Verdict verdict = verify(verifier, VerificationBudget.unlimited().withCancellation(asked::get));
        assertEquals("it was interrupted", ((Verdict.Undecided) verdict).reason());
        assertEquals(3, file().read(built, PROVER).proved().cardinality());
        assertEquals(true, Files.exists(folder.resolve("kept.json")));
    }
}
