package org.superpose.runner.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.superpose.bounds.LowerBound;
import org.superpose.core.problem.ProblemInstance;

/**
 * Finds the smallest verified width: the least n at which a network was built <em>and verified</em> (theory, section
 * 6), over several instances, with the success rate at that width and an interval for it.
 *
 * <p>Widths are tried on a grid, so that instances meet at the same ones. From the start the width is doubled until
 * enough instances are verified, or halved until too few are; then the gap is bisected. First this is done for half of
 * the instances (the median), then below that for a single one (the best). At the two widths that are found all the
 * trials are made, so that the success rates mean something.
 *
 * <p>Trial t is of instance t mod {@code instances}, and the (t / instances)-th network for it. An instance counts as
 * verified at a width when one of its networks is. A network with more neurons than the width asked for does not count
 * as verified, whatever the verifier says of it; one with fewer does, and the result has its own width.
 *
 * @param instances how many instances are tried at each width, at least 1
 * @param tries networks per instance and width, at least 1
 * @param widths ascending; see {@link #grid}
 * @param start index of the width that is tried first
 * @param stride the factor by which the width grows or shrinks before the bisection, above 1
 * @param most widths that are probed at most, at least 1; then the search ends with what it has
 */
public record WidthSearch(int instances, int tries, List<Integer> widths, int start, double stride, int most) {
    /** The confidence of the intervals of success rates. */
    public static final double CONFIDENCE = 0.95;

    public WidthSearch {
        widths = List.copyOf(widths);
        if (instances < 1 || tries < 1 || start < 0 || start >= widths.size() || !(stride > 1) || most < 1) {
            throw new IllegalArgumentException("search out of range: instances " + instances + ", tries " + tries
                    + ", start " + start + " of " + widths.size() + " widths, stride " + stride + ", at most " + most);
        }
    }

    /**
     * From the smallest width up, doubling.
     *
     * @param resolution how close the bisection goes, as a fraction of the width
     */
    public static WidthSearch upwards(int instances, int tries, int least, int largest, double resolution) {
        return new WidthSearch(instances, tries, grid(least, largest, resolution), 0, 2, Integer.MAX_VALUE);
    }

    /**
     * The width at which a search starts: the information limit at one bit per weight.
     *
     * @throws org.superpose.core.InvalidInputException if nothing is known of the class that the instance was drawn
     *     from
     */
    public static int startWidth(ProblemInstance instance) {
        return (int) Math.max(1, LowerBound.of(instance).leastWidth(1, LowerBound.matricesNeeded(instance)));
    }

    /**
     * Ascending widths, each at least one neuron and about a fraction of itself above the one before.
     *
     * @param least at least 1
     * @param largest at least {@code least}
     * @param resolution the fraction, at least 0
     */
    public static List<Integer> grid(int least, int largest, double resolution) {
        if (least < 1 || largest < least || !(resolution >= 0)) {
            throw new IllegalArgumentException(
                    "grid out of range: " + least + " to " + largest + ", resolution " + resolution);
        }
        List<Integer> widths = new ArrayList<>();
        for (long width = least; width < largest; width += Math.max(1, (long) (resolution * width))) {
            widths.add((int) width);
        }
        widths.add(largest);
        return widths;
    }

    /** Builds and verifies. */
    @FunctionalInterface
    public interface Trials {
        /**
         * Makes trials of one width, in any order or at once.
         *
         * @param numbers the trials' numbers, distinct, each from 0 to instances x tries - 1
         * @return for each of them the measurement if it was verified
         */
        List<Optional<Measurement>> attempt(int width, List<Integer> numbers);
    }

    /** Builds and verifies one network: trial {@code number} of a width. */
    @FunctionalInterface
    public interface Trial {
        Optional<Measurement> attempt(int width, int number);
    }

    /**
     * What came of one width so far.
     *
     * @param width n, as asked for; the networks may have fewer neurons, never more
     * @param tries how many networks were tried
     * @param successes how many of them were verified
     * @param instances how many instances have a verified one
     * @param first the measurement of the verified trial of the lowest number, if any
     */
    public record Probe(int width, int tries, int successes, int instances, Optional<Measurement> first) {
        /** The part of the networks that were verified. */
        public double successRate() {
            return (double) successes / tries;
        }

        /** The lower end of the Clopper-Pearson interval of the success rate, at {@link WidthSearch#CONFIDENCE}. */
        public double lowestRate() {
            return successes == 0 ? 0 : quantile(successes, tries - successes + 1.0, (1 - CONFIDENCE) / 2);
        }

        /** The upper end of that interval. */
        public double highestRate() {
            return successes == tries ? 1 : quantile(successes + 1.0, tries - successes, (1 + CONFIDENCE) / 2);
        }

        private static double quantile(double alpha, double beta, double probability) {
            return new BetaDistribution(null, alpha, beta).inverseCumulativeProbability(probability);
        }

        /** The width of the first verified network itself; only of a width with a success. */
        public int networkWidth() {
            return (int) first.orElseThrow().whole(Measurement.WIDTH);
        }

        /** The measurement with tries, success rate and its interval; only of a width with a success. */
        public Measurement measurement() {
            return first.orElseThrow()
                    .with(Measurement.TRIES, tries)
                    .with(Measurement.SUCCESS_RATE, successRate())
                    .with(Measurement.SUCCESS_RATE_LOW, lowestRate())
                    .with(Measurement.SUCCESS_RATE_HIGH, highestRate());
        }
    }

    /**
     * The result of a search.
     *
     * @param best the smallest width at which any instance was verified, or empty if there is none
     * @param median the smallest width at which at least half of the instances were, or empty if there is none
     * @param probes every width that was tried, ascending
     */
    public record Result(Optional<Probe> best, Optional<Probe> median, List<Probe> probes) {
        public Result {
            probes = List.copyOf(probes);
        }

        /** The measurement of the best width, with its success rate. */
        public Optional<Measurement> smallest() {
            return best.map(Probe::measurement);
        }
    }

    /** Searches, making the trials one after another. */
    public Result search(Trial trial) {
        return search(
                (width, numbers) -> numbers.stream()
                        .map(number -> trial.attempt(width, number))
                        .toList(),
                probe -> {});
    }

    /**
     * Searches.
     *
     * @param observer is told of each width when its trials are made, and again when more of them were made
     */
    public Result search(Trials trials, Consumer<Probe> observer) {
        return new Run(trials, observer).search();
    }

    /** The outcomes of one search so far. */
    private final class Run {
        private final Trials trials;
        private final Consumer<Probe> observer;
        /** By width index: the outcome of each trial by number, null where it was not made. */
        private final NavigableMap<Integer, List<Optional<Measurement>>> outcomes = new TreeMap<>();

        private Run(Trials trials, Consumer<Probe> observer) {
            this.trials = trials;
            this.observer = observer;
        }

        private Result search() {
            int half = (instances + 1) / 2;
            Optional<Integer> median = leastWith(half, start);
            Optional<Integer> any = firstWith(1);
            Optional<Integer> best = half == 1 || any.isEmpty() ? any : leastWith(1, any.get());
            median.ifPresent(this::complete);
            best.ifPresent(this::complete);
            return new Result(
                    best.map(this::probe),
                    median.map(this::probe),
                    outcomes.keySet().stream().map(this::probe).toList());
        }

        /** The least index at which {@code needed} instances are verified, as far as the probes tell. */
        private Optional<Integer> leastWith(int needed, int from) {
            if (reaches(from, needed)) {
                descend(from, needed);
            } else {
                ascend(from, needed);
            }
            Optional<Integer> works = firstWith(needed);
            while (works.isPresent() && mayProbe()) {
                int fails = lastWithout(needed, works.get());
                if (works.get() - fails <= 1) {
                    break;
                }
                reaches(fails + (works.get() - fails) / 2, needed);
                works = firstWith(needed);
            }
            return works;
        }

        /** Enlarges the width until enough instances are verified. */
        private void ascend(int from, int needed) {
            int index = from;
            boolean reached = false;
            while (!reached && index < widths.size() - 1 && mayProbe()) {
                index = indexAbove(index, widths.get(index) * stride);
                reached = reaches(index, needed);
            }
        }

        /** Shrinks the width until too few instances are verified, unless it is known where that is. */
        private void descend(int from, int needed) {
            int index = from;
            while (index > 0 && mayProbe() && lastWithout(needed, from) < 0) {
                index = indexBelow(index, widths.get(index) / stride);
                reaches(index, needed);
            }
        }

        /** The last index whose width is at most the given one, but at least the next index. */
        private int indexAbove(int index, double width) {
            int next = index + 1;
            while (next < widths.size() - 1 && widths.get(next + 1) <= width) {
                next++;
            }
            return next;
        }

        /** The first index whose width is at least the given one, but at most the index before. */
        private int indexBelow(int index, double width) {
            int next = index - 1;
            while (next > 0 && widths.get(next - 1) >= width) {
                next--;
            }
            return next;
        }

        private boolean mayProbe() {
            return outcomes.size() < most;
        }

        /** The lowest probed index at which {@code needed} instances are verified. */
        private Optional<Integer> firstWith(int needed) {
            return outcomes.keySet().stream()
                    .filter(index -> verified(index) >= needed)
                    .findFirst();
        }

        /** The highest probed index below another at which fewer instances are verified, or -1. */
        private int lastWithout(int needed, int below) {
            return outcomes.headMap(below).keySet().stream()
                    .filter(index -> verified(index) < needed)
                    .reduce(-1, (first, second) -> second);
        }

        /**
         * Tries the instances that are not yet verified at a width, network by network, until {@code needed} are; true
         * if they are.
         */
        private boolean reaches(int index, int needed) {
            int before = made(index);
            for (int round = 0; round < tries && verified(index) < needed; round++) {
                List<Integer> numbers = new ArrayList<>();
                for (int instance = 0; instance < instances; instance++) {
                    int number = round * instances + instance;
                    if (outcomesAt(index).get(number) == null && !isVerified(index, instance)) {
                        numbers.add(number);
                    }
                }
                attempt(index, numbers);
            }
            if (made(index) > before) {
                observer.accept(probe(index));
            }
            return verified(index) >= needed;
        }

        /** Makes the trials that were spared because earlier ones succeeded. */
        private void complete(int index) {
            List<Integer> missing = IntStream.range(0, instances * tries)
                    .filter(number -> outcomesAt(index).get(number) == null)
                    .boxed()
                    .toList();
            if (!missing.isEmpty()) {
                attempt(index, missing);
                observer.accept(probe(index));
            }
        }

        private void attempt(int index, List<Integer> numbers) {
            if (numbers.isEmpty()) {
                return;
            }
            List<Optional<Measurement>> results = trials.attempt(widths.get(index), numbers);
            for (int t = 0; t < numbers.size(); t++) {
                outcomesAt(index).set(numbers.get(t), results.get(t).filter(row -> fits(row, widths.get(index))));
            }
        }

        private static boolean fits(Measurement verified, int width) {
            return verified.whole(Measurement.WIDTH) <= width;
        }

        private List<Optional<Measurement>> outcomesAt(int index) {
            return outcomes.computeIfAbsent(
                    index, key -> new ArrayList<>(Collections.nCopies(instances * tries, null)));
        }

        private int made(int index) {
            return (int) outcomesAt(index).stream()
                    .filter(outcome -> outcome != null)
                    .count();
        }

        private int verified(int index) {
            return (int) IntStream.range(0, instances)
                    .filter(instance -> isVerified(index, instance))
                    .count();
        }

        private boolean isVerified(int index, int instance) {
            for (int number = instance; number < instances * tries; number += instances) {
                Optional<Measurement> outcome = outcomesAt(index).get(number);
                if (outcome != null && outcome.isPresent()) {
                    return true;
                }
            }
            return false;
        }

        private Probe probe(int index) {
            List<Optional<Measurement>> made = outcomesAt(index).stream()
                    .filter(outcome -> outcome != null)
                    .toList();
            List<Measurement> successes =
                    made.stream().flatMap(Optional::stream).toList();
            return new Probe(
                    widths.get(index),
                    made.size(),
                    successes.size(),
                    verified(index),
                    successes.stream().findFirst());
        }
    }
}
