package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WidthSearchTest {
    @Property(tries = 200)
    void aSharpThresholdIsFoundExactly(
            @ForAll @IntRange(min = 1, max = 500) int threshold, @ForAll @IntRange(min = 1, max = 60) int start) {
        WidthSearch.Result result =
                search(WidthSearch.upwards(1, 2, start, 1000, 0), (width, attempt) -> width >= threshold);
        Measurement smallest = result.smallest().orElseThrow();
        assertEquals(
                Math.max(threshold, start), smallest.find(Measurement.WIDTH).orElseThrow());
        assertEquals(1.0, smallest.find(Measurement.SUCCESS_RATE).orElseThrow());
        assertEquals(2, smallest.find(Measurement.TRIES).orElseThrow());
        assertEquals(result.best().get().width(), result.median().get().width(), "one instance is its own median");
    }

    @Property(tries = 200)
    void theBestAndTheMedianOfSeveralInstancesAreFound(
            @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 5, max = 900) Integer> thresholds,
            @ForAll @IntRange(min = 0, max = 900) int start) {
        List<Integer> widths = WidthSearch.grid(5, 1000, 0);
        int instances = thresholds.size();
        WidthSearch search = new WidthSearch(instances, 1, widths, start, 2, Integer.MAX_VALUE);
        WidthSearch.Result result = search(search, (width, number) -> width >= thresholds.get(number));
        List<Integer> sorted = thresholds.stream().sorted().toList();
        assertEquals(sorted.get(0), result.best().orElseThrow().width());
        assertEquals(
                sorted.get((instances + 1) / 2 - 1),
                result.median().orElseThrow().width());
    }

    @Test
    void aSecondNetworkIsTriedOnlyForInstancesThatAreNotVerified() {
        List<String> made = new ArrayList<>();
        new WidthSearch(3, 2, List.of(10), 0, 2, 1)
                .search(
                        (width, numbers) -> {
                            made.add(numbers.toString());
                            return numbers.stream()
                                    .map(number -> measured(width, number == 1))
                                    .toList();
                        },
                        probe -> {});
        assertEquals(List.of("[0, 1, 2]", "[3, 5]", "[4]"), made, "the last to make the success rate whole");
    }

    @Test
    void oneSuccessAmongTheTriesMakesAWidthWorkAndTheRateSaysSo() {
        WidthSearch.Result result =
                search(WidthSearch.upwards(1, 4, 8, 64, 0), (width, attempt) -> width >= 20 && attempt == 2);
        Measurement smallest = result.smallest().orElseThrow();
        assertEquals(20, smallest.find(Measurement.WIDTH).orElseThrow());
        assertEquals(0.25, smallest.find(Measurement.SUCCESS_RATE).orElseThrow());
        // The Clopper-Pearson interval of 1 of 4 at 95 %, from published tables.
        assertEquals(
                0.0063, (double) smallest.find(Measurement.SUCCESS_RATE_LOW).orElseThrow(), 1e-4);
        assertEquals(
                0.8059, (double) smallest.find(Measurement.SUCCESS_RATE_HIGH).orElseThrow(), 1e-4);
    }

    @Test
    void aNetworkWiderThanAskedIsAFailedTry() {
        WidthSearch.Result result =
                WidthSearch.upwards(1, 2, 4, 64, 0).search((width, number) -> measured(Math.max(width, 20), true));
        assertEquals(20, result.best().orElseThrow().width());
        assertEquals(20L, result.smallest().orElseThrow().whole(Measurement.WIDTH));
        for (WidthSearch.Probe probe : result.probes()) {
            assertEquals(probe.width() < 20 ? 0 : probe.tries(), probe.successes(), "at width " + probe.width());
        }
    }

    @Test
    void theResultHasTheWidthOfTheNetworkWhereThatIsNarrowerThanAsked() {
        WidthSearch.Probe best = new WidthSearch(1, 1, List.of(13), 0, 2, 1)
                .search((width, number) -> measured(12, true))
                .best()
                .orElseThrow();
        assertEquals(12, best.networkWidth());
        assertEquals(12L, best.measurement().whole(Measurement.WIDTH));
    }

    @Test
    void nothingIsFoundWhereNothingWorksAndTheLargestWidthWasTried() {
        List<Integer> widths = new ArrayList<>();
        WidthSearch.Result result = WidthSearch.upwards(1, 1, 3, 20, 0)
                .search(
                        (width, numbers) -> Collections.nCopies(numbers.size(), Optional.empty()),
                        probe -> widths.add(probe.width()));
        assertTrue(result.smallest().isEmpty());
        assertEquals(List.of(3, 6, 12, 20), widths);
    }

    @Test
    void theResolutionSparesTheLastSteps() {
        WidthSearch.Result result =
                search(WidthSearch.upwards(1, 1, 1, 100_000, 0.1), (width, attempt) -> width >= 5000);
        int found = result.best().orElseThrow().width();
        assertTrue(found >= 5000 && found <= 5500, "found " + found);
        assertTrue(result.probes().size() < 20, "tried " + result.probes().size() + " widths");
    }

    @Test
    void aSearchWithALimitEndsWithWhatItHas() {
        List<Integer> widths = WidthSearch.grid(1, 1000, 0.01);
        WidthSearch search = new WidthSearch(1, 1, widths, widths.size() / 2, 1.05, 3);
        WidthSearch.Result result = search(search, (width, attempt) -> true);
        assertEquals(3, result.probes().size());
        assertEquals(result.probes().get(0).width(), result.best().orElseThrow().width());
    }

    @Property(tries = 100)
    void aGridAscendsFromTheLeastToTheLargestAndNoStepIsLargerThanTheResolutionAsksFor(
            @ForAll @IntRange(min = 1, max = 300) int least,
            @ForAll @IntRange(min = 0, max = 2000) int more,
            @ForAll @IntRange(min = 0, max = 50) int percent) {
        List<Integer> widths = WidthSearch.grid(least, least + more, percent / 100.0);
        assertEquals(least, widths.get(0));
        assertEquals(least + more, widths.get(widths.size() - 1));
        for (int t = 1; t < widths.size(); t++) {
            int step = widths.get(t) - widths.get(t - 1);
            assertTrue(step >= 1 && step <= Math.max(1, percent / 100.0 * widths.get(t - 1)), widths.toString());
        }
    }

    private interface Outcome {
        boolean isVerified(int width, int number);
    }

    /** Searches, and fails if a trial is made twice. */
    private static WidthSearch.Result search(WidthSearch search, Outcome outcome) {
        Set<String> made = new HashSet<>();
        return search.search((width, number) -> {
            assertTrue(made.add(width + " " + number), "trial " + number + " of " + width + " is made twice");
            assertFalse(number >= search.instances() * search.tries());
            return measured(width, outcome.isVerified(width, number));
        });
    }

    private static Optional<Measurement> measured(int width, boolean verified) {
        return verified ? Optional.of(Measurement.of(Map.of(Measurement.WIDTH, width))) : Optional.empty();
    }
}
