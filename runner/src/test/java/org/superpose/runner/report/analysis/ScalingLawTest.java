package org.superpose.runner.report.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.random.Seed;
import org.superpose.runner.report.analysis.ScalingLaw.Sample;

class ScalingLawTest {
    private static double law(double a, double b, double c, double outputs) {
        return a * Math.pow(outputs, b) * Math.pow(Math.log(outputs) / Math.log(2), c);
    }

    private static List<Sample> samples(int from, int to, double a, double b, double c, double noise, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        List<Sample> samples = new ArrayList<>();
        for (int size = from; size <= to; size++) {
            double outputs = Math.pow(2, size);
            samples.add(new Sample(outputs, law(a, b, c, outputs) * Math.exp(noise * random.nextGaussian())));
        }
        return samples;
    }

    @Test
    void anExactLawIsFound() {
        ScalingLaw law = ScalingLaw.fit(samples(4, 20, 3, 0.6, 0.3, 0, 1), true).orElseThrow();
        assertEquals(3, law.a(), 1e-6);
        assertEquals(0.6, law.b(), 1e-8);
        assertEquals(0.3, law.c(), 1e-7);
        assertEquals(1, law.rSquared(), 1e-12);
        assertEquals(law(3, 0.6, 0.3, 1000), law.width(1000), 1e-6);
    }

    @Test
    void withTheExponentOfTheLogarithmFromTheTheoryTheOthersAreFound() {
        ScalingLaw law =
                ScalingLaw.fit(samples(7, 10, 2.5, 0.5, 0.5, 0, 1), false).orElseThrow();
        assertEquals(2.5, law.a(), 1e-9);
        assertEquals(0.5, law.b(), 1e-10);
        assertEquals(0.5, law.c());
        assertTrue(law.intervalOfC().isEmpty());
    }

    @Test
    void aNinetyFivePercentIntervalHoldsTheTruthInAboutThatManyCases() {
        int holdsB = 0;
        int holdsC = 0;
        int holdsCurve = 0;
        int trials = 1000;
        for (int trial = 0; trial < trials; trial++) {
            ScalingLaw law = ScalingLaw.fit(samples(4, 14, 3, 0.5, 0.5, 0.05, trial), true)
                    .orElseThrow();
            ScalingLaw.Interval b = law.intervalOfB().orElseThrow();
            holdsB += b.low() <= 0.5 && 0.5 <= b.high() ? 1 : 0;
            ScalingLaw.Interval c = law.intervalOfC().orElseThrow();
            holdsC += c.low() <= 0.5 && 0.5 <= c.high() ? 1 : 0;
            double truth = law(3, 0.5, 0.5, 300);
            ScalingLaw.Interval curve = law.at(300).orElseThrow();
            holdsCurve += curve.low() <= truth && truth <= curve.high() ? 1 : 0;
        }
        // Fixed seeds; 950 are expected with a standard deviation of 7.
        for (int holds : new int[] {holdsB, holdsC, holdsCurve}) {
            assertTrue(holds > 920 && holds < 980, holds + " of " + trials);
        }
    }

    @Test
    void aLawThroughThreePointsHasNoIntervalsAndOneThroughFourHas() {
        ScalingLaw three =
                ScalingLaw.fit(samples(5, 7, 3, 0.5, 0.5, 0.5, 1), false).orElseThrow();
        assertTrue(three.intervalOfA().isEmpty());
        assertTrue(three.intervalOfB().isEmpty());
        assertTrue(three.at(50).isEmpty());
        ScalingLaw four =
                ScalingLaw.fit(samples(5, 8, 3, 0.5, 0.5, 0.5, 1), false).orElseThrow();
        assertTrue(four.intervalOfA().isPresent());
        assertTrue(four.intervalOfB().isPresent());
        assertTrue(four.at(50).isPresent());
    }

    @Test
    void tooFewSizesGiveNoLaw() {
        assertTrue(ScalingLaw.fit(samples(5, 6, 1, 0.5, 0.5, 0, 1), false).isEmpty());
        assertTrue(ScalingLaw.fit(samples(5, 8, 1, 0.5, 0.5, 0, 1), true).isEmpty());
        List<Sample> oneSize = List.of(new Sample(64, 30), new Sample(64, 31), new Sample(64, 32), new Sample(64, 33));
        assertTrue(ScalingLaw.fit(oneSize, false).isEmpty());
    }
}
