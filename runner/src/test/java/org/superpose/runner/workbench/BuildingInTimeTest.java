package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.experiment.NetworkUnit;

/**
 * Constructions that may take long look at the deadline while they work, by a clock that ticks when it is looked at.
 */
class BuildingInTimeTest {
    private static final Seed SEED = new Seed(3);
    private static final Workbench WORKBENCH = Bench.workbench();

    private static Assignments words(String text) {
        return Assignments.parse(List.of(text.split(" ")));
    }

    private static BuiltNetwork build(String problem, String construction, String words, Deadline deadline) {
        NetworkRecipe recipe = new NetworkRecipe(problem, construction, words(words), SEED.child("instance"), SEED);
        ProblemInstance instance = WORKBENCH.instance(recipe);
        return WORKBENCH.build(instance, construction, words(words), SEED, deadline);
    }

    @ParameterizedTest
    @CsvSource({
        "permutation, trained-permutation, inputs=64 width=28, 20",
        "two-and, trained-gates, inputs=24 outputs=24 width=28, 20",
        "two-and, trained-readout, inputs=24 outputs=24 max-active=3 width=10, 20",
        "two-and, trained-and, inputs=24 outputs=24 width=28 training-steps=40 sweeps=0 batch-size=64, 40",
        "two-and, trained-and-codes, inputs=24 outputs=24 width=28 training-steps=40 sweeps=0 batch-size=64, 40",
        "two-and, clipped-and, inputs=64 outputs=64 width=40, 500",
        "two-and, clipped, inputs=64 outputs=64 width=40, 500",
        "layered, clipped, inputs=12 layers=2*two-and width=72, 24",
        "layered, layered, inputs=24 layers=2*two-and width=160, 2",
        "k-and, k-and-tree, inputs=24 outputs=8 fan-in=4 max-active=4 width=200, 2",
        "two-and, linear-two-and, inputs=32 outputs=32 width=64 decompression=least-squares, 128",
        "permutation, linear-permutation, inputs=32 width=64 decompression=least-squares, 128",
        "two-and, targeted-and, inputs=8 outputs=8 width=400, 8",
        "two-and, universal-and-dense, inputs=8 outputs=8 width=400, 8",
        "two-and, universal-and-bernoulli, inputs=8 outputs=8 width=400, 8",
        "two-and, universal-and-rademacher, inputs=8 outputs=8 width=400, 8",
    })
    void buildingEndsWhereverItIsWhenTheDeadlineIsOver(String problem, String construction, String words, int least) {
        AtomicLong looks = new AtomicLong();
        BuiltNetwork whole =
                build(problem, construction, words, new Deadline(1e9, () -> looks.addAndGet(1_000_000_000L)));
        long all = looks.get() / 1_000_000_000L - 1;
        assertTrue(all >= least, construction + " looked at the deadline " + all + " times");
        assertEquals(NetworkDigest.of(build(problem, construction, words, Deadline.NEVER)), NetworkDigest.of(whole));
        for (long seconds : new long[] {0, all / 2, all - 1}) {
            looks.set(0);
            Deadline deadline = new Deadline(seconds + 0.5, () -> looks.addAndGet(1_000_000_000L));
            String message = assertThrows(OutOfTimeException.class, () -> build(problem, construction, words, deadline))
                    .getMessage();
            assertEquals(
                    "building by " + construction + " was given up: the budget of " + (seconds + 0.5) + " s ran out",
                    message);
            assertEquals(seconds + 2, looks.get() / 1_000_000_000L, "it did not end at once");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "permutation, trained-permutation, inputs=64 width=28",
        "two-and, trained-gates, inputs=24 outputs=24 width=28",
        "two-and, trained-readout, inputs=24 outputs=24 max-active=3 width=10",
        "two-and, trained-and, inputs=24 outputs=24 width=28 training-steps=40 sweeps=0 batch-size=64",
        "two-and, clipped-and, inputs=64 outputs=64 width=26 annealing-sweeps=3",
    })
    void aSearchTellsHowFarItIs(String problem, String construction, String words) {
        List<Double> told = new ArrayList<>();
        build(problem, construction, words, Deadline.NEVER.withProgress(told::add));
        assertTrue(told.size() > 1, construction + " said nothing");
        assertEquals(told.stream().sorted().toList(), told);
        assertTrue(told.get(0) >= 0 && told.get(told.size() - 1) <= 1, told.toString());
    }

    private static final NetworkUnit UNIT = new NetworkUnit(
            "unit",
            new NetworkRecipe(
                    "two-and", "clipped-and", words("inputs=64 outputs=64 width=40"), SEED.child("instance"), SEED),
            "auto");

    @Test
    void aUnitWhoseNetworkIsNotBuiltInTimeHasARowThatSaysSo() {
        Measurement row = UNIT.run(WORKBENCH, VerificationBudget.unlimited().withMaxSeconds(Double.MIN_VALUE))
                .get(0);
        assertEquals("OUT OF TIME", row.text(Measurement.VERDICT));
        assertEquals(40, row.whole(Measurement.WIDTH));
        assertEquals(SEED.value(), row.whole(Measurement.SEED));
    }

    @Test
    void aUnitThatIsCancelledHasNone() {
        String message = assertThrows(
                        OutOfTimeException.class,
                        () -> UNIT.run(WORKBENCH, VerificationBudget.unlimited().withCancellation(() -> true)))
                .getMessage();
        assertEquals("building by clipped-and was given up: it was interrupted", message);
    }
}
