package org.superpose.runner.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the smallest verified width: the least n at which a network was built <em>and verified</em> (theory, section 6), with the
 * number of seeds tried and the success rate at that width.
 *
 * <p>First the width doubles from a start until a try succeeds, then the gap to the largest width that failed is bisected until it is
 * no wider than the resolution. A width fails when each of its tries fails. At the width that is found all the tries are
 * made, so that the success rate means something.
 *
 * @param tries seeds per width, at least 1
 * @param start the first width, at least 1
 * @param largest the width beyond which the search gives up
 * @param resolution how close it goes, as a fraction of the width: 0.01 ends within one percent; at least one neuron
 */
public record WidthSearch(int tries, int start, int largest, double resolution) {
    public WidthSearch {
        if (tries < 1 || start < 1 || largest < start || !(resolution >= 0)) {
            throw new IllegalArgumentException("search out of range: tries " + tries + ", start " + start + ", largest "
                    + largest + ", resolution " + resolution);
        }
    }

    /** Builds and verifies at one width with one seed; empty if the width is too small to build at all or it is not verified. */
    @FunctionalInterface
    public interface Trial {
        Optional<Measurement> attempt(int width, int attempt);
    }

    /**
     * What came of one width.
     *
     * @param width n
     * @param tries how many seeds were tried
     * @param successes how many of them were verified
     * @param best the measurement of the first success, if any
     */
    public record Probe(int width, int tries, int successes, Optional<Measurement> best) {
        boolean succeeded() {
            return successes > 0;
        }
    }

    /**
     * The result of a search.
     *
     * @param smallest the measurement of the smallest verified width with {@code tries} and {@code success_rate}, or empty if
     *     no width up to the largest was verified
     * @param probes every width that was tried, ascending
     */
    public record Result(Optional<Measurement> smallest, List<Probe> probes) {
        public Result {
            probes = List.copyOf(probes);
        }
    }

    /**
     * Searches.
     *
     * @param observer is told of each width as it is done
     */
    public Result search(Trial trial, Consumer<Probe> observer) {
        NavigableMap<Integer, Probe> probes = new TreeMap<>();
        int failed = start - 1;
        int width = start;
        while (!probe(width, trial, probes, observer)) {
            failed = width;
            if (width == largest) {
                return new Result(Optional.empty(), new ArrayList<>(probes.values()));
            }
            width = (int) Math.min(largest, 2L * width);
        }
        int works = width;
        while (works - failed > Math.max(1, (int) (resolution * works))) {
            int middle = failed + (works - failed) / 2;
            if (probe(middle, trial, probes, observer)) {
                works = middle;
            } else {
                failed = middle;
            }
        }
        Probe smallest = complete(probes.get(works), trial);
        probes.put(works, smallest);
        observer.accept(smallest);
        Measurement measurement = smallest.best().orElseThrow();
        return new Result(
                Optional.of(measurement
                        .with(Measurement.TRIES, smallest.tries())
                        .with(Measurement.SUCCESS_RATE, (double) smallest.successes() / smallest.tries())),
                new ArrayList<>(probes.values()));
    }

    /** Tries seeds until the first success; true if there was one. */
    private boolean probe(int width, Trial trial, Map<Integer, Probe> probes, Consumer<Probe> observer) {
        int attempt = 0;
        Optional<Measurement> best = Optional.empty();
        while (attempt < tries && best.isEmpty()) {
            best = trial.attempt(width, attempt++);
        }
        Probe probe = new Probe(width, attempt, best.isPresent() ? 1 : 0, best);
        probes.put(width, probe);
        observer.accept(probe);
        return probe.succeeded();
    }

    /** Makes the tries that were spared because an earlier one succeeded. */
    private Probe complete(Probe probe, Trial trial) {
        int successes = probe.successes();
        for (int attempt = probe.tries(); attempt < tries; attempt++) {
            if (trial.attempt(probe.width(), attempt).isPresent()) {
                successes++;
            }
        }
        return new Probe(probe.width(), tries, successes, probe.best());
    }
}
