package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WidthSearchTest {
    @Property(tries = 200)
    void aSharpThresholdIsFoundExactly(
            @ForAll @IntRange(min = 1, max = 500) int threshold, @ForAll @IntRange(min = 1, max = 60) int start) {
        WidthSearch.Result result = new WidthSearch(2, start, 1000, 0)
                .search((width, attempt) -> measured(width, width >= threshold), probe -> {});
        assertEquals(
                Math.max(threshold, start),
                result.smallest().orElseThrow().find(Measurement.WIDTH).orElseThrow());
        assertEquals(1.0, result.smallest().get().find(Measurement.SUCCESS_RATE).orElseThrow());
        assertEquals(2, result.smallest().get().find(Measurement.TRIES).orElseThrow());
    }

    @Test
    void oneSuccessAmongTheTriesMakesAWidthWorkAndTheRateSaysSo() {
        WidthSearch.Result result = new WidthSearch(4, 8, 64, 0)
                .search((width, attempt) -> measured(width, width >= 20 && attempt == 2), probe -> {});
        Measurement smallest = result.smallest().orElseThrow();
        assertEquals(20, smallest.find(Measurement.WIDTH).orElseThrow());
        assertEquals(0.25, smallest.find(Measurement.SUCCESS_RATE).orElseThrow());
    }

    @Test
    void nothingIsFoundWhereNothingWorksAndTheLargestWidthWasTried() {
        List<Integer> widths = new ArrayList<>();
        WidthSearch.Result result = new WidthSearch(1, 3, 20, 0)
                .search((width, attempt) -> measured(width, false), probe -> widths.add(probe.width()));
        assertTrue(result.smallest().isEmpty());
        assertEquals(List.of(3, 6, 12, 20), widths);
    }

    @Test
    void theResolutionSparesTheLastSteps() {
        WidthSearch.Result result = new WidthSearch(1, 1, 100_000, 0.1)
                .search((width, attempt) -> measured(width, width >= 5000), probe -> {});
        int found =
                (int) result.smallest().orElseThrow().find(Measurement.WIDTH).orElseThrow();
        assertTrue(found >= 5000 && found <= 5500, "found " + found);
        assertTrue(result.probes().size() < 20, "tried " + result.probes().size() + " widths");
    }

    private static Optional<Measurement> measured(int width, boolean verified) {
        return verified ? Optional.of(Measurement.of(Map.of(Measurement.WIDTH, width))) : Optional.empty();
    }
}
