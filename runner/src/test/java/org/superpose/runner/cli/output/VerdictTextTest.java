package org.superpose.runner.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Sampling;
import org.superpose.core.verify.Verdict;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;

class VerdictTextTest {
    private static final ProblemInstance INSTANCE = Bench.workbench()
            .instance("permutation", new Assignments(Map.of("inputs", "8", "max-active", "2")), new Seed(1));

    private static Verdict.Undecided undecided(int proved, Optional<Sampling> sampling) {
        return new Verdict.Undecided("sampled", "why", BigInteger.valueOf(proved), BigInteger.valueOf(1000), sampling);
    }

    /** 1 - 0.1^(1/20) = 0.1087. */
    private static final Optional<Sampling> TWENTY_UNIFORM = Optional.of(new Sampling(80, 20, 0.0284, 0.9));

    @Test
    void samplesOfTheWholeDomainBoundTheWrongInputsAmongAllAndAmongThoseThatAreNotProved() {
        String drawn =
                "80 samples were right: error rate of inputs drawn like them at most 0.0284 at 90.00 % confidence";
        String uniform = "20 of them are uniform over the domain: at most ";
        List<String> none = VerdictText.lines(INSTANCE, undecided(0, TWENTY_UNIFORM));
        assertEquals(
                List.of(drawn, uniform + "108 of its 1,000 inputs (10.8 %) are wrong at 90.00 % confidence"),
                none.subList(2, none.size()));
        List<String> some = VerdictText.lines(INSTANCE, undecided(600, TWENTY_UNIFORM));
        assertEquals(
                List.of(
                        "at most 400 of 1,000 inputs are wrong: the others are proved right",
                        drawn,
                        uniform + "108 of its 1,000 inputs (10.8 %) are wrong at 90.00 % confidence, "
                                + "all among the 400 that are not proved right (27.0 %)"),
                some.subList(2, some.size()));
        List<String> nearlyAll = VerdictText.lines(INSTANCE, undecided(990, TWENTY_UNIFORM));
        assertTrue(
                nearlyAll.get(4).contains("at most 10 of its 1,000 inputs (1.00 %)")
                        && nearlyAll.get(4).endsWith("among the 10 that are not proved right (100 %)"),
                nearlyAll.toString());
    }

    @Test
    void ratesAreOfSamplesThatAreKnownToBeUniformOnly() {
        List<String> lines = VerdictText.lines(INSTANCE, undecided(0, Optional.of(new Sampling(80, 0.0284, 0.9))));
        assertTrue(lines.get(lines.size() - 1).startsWith("80 samples were right"), lines.toString());
        assertEquals(
                2, VerdictText.lines(INSTANCE, undecided(0, Optional.empty())).size());
    }

    @Test
    void theDocumentHasBothPopulations() {
        Map<String, Object> document = VerdictText.document(INSTANCE, undecided(600, TWENTY_UNIFORM));
        assertEquals(20L, document.get("uniform_samples"));
        assertEquals("400", document.get("most_wrong_inputs").toString());
        assertEquals("108", document.get("most_wrong_inputs_at_confidence").toString());
        assertEquals(0.108, (double) document.get("wrong_share_bound"), 1e-12);
        assertEquals(0.27, (double) document.get("wrong_share_bound_of_unproved"), 1e-12);
        Map<String, Object> unsampled = VerdictText.document(INSTANCE, undecided(600, Optional.empty()));
        assertEquals(0L, unsampled.get("uniform_samples"));
        assertEquals("400", unsampled.get("most_wrong_inputs_at_confidence").toString());
        assertEquals(0.4, unsampled.get("wrong_share_bound"));
        assertEquals(1.0, unsampled.get("wrong_share_bound_of_unproved"));
    }
}
