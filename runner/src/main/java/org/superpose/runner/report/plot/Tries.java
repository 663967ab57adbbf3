package org.superpose.runner.report.plot;

import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.superpose.runner.figure.Plot.Point;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.workbench.Measurement;

/** Tries at one place of a plot, and how many of them were verified; mutable while they are counted. */
final class Tries {
    private static final double CONFIDENCE = 0.95;

    private int tries;
    private int successes;
    private int row = -1;

    /** Counts a network, or all the tries of a row of a search. */
    void add(ReportRow of) {
        int more = (int) of.number(Measurement.TRIES).orElse(1);
        double rate = of.number(Measurement.SUCCESS_RATE).orElse(of.isVerified() ? 1 : 0);
        row = tries == 0 ? of.index() : -1;
        tries += more;
        successes += (int) Math.round(more * rate);
    }

    int tries() {
        return tries;
    }

    double rate() {
        return (double) successes / tries;
    }

    /** The share that was verified with its 95 % Clopper-Pearson interval. */
    Point point(String series, double x, String place) {
        ConfidenceInterval interval = interval();
        return new Point(
                series,
                x,
                rate(),
                interval.getLowerBound(),
                interval.getUpperBound(),
                row,
                successes + " of " + tries + " seeds verified at " + place);
    }

    /**
     * The library has no interval for no success or for nothing but successes; the ends are then 0 and 1 themselves.
     */
    private ConfidenceInterval interval() {
        double tail = (1 - CONFIDENCE) / 2;
        if (successes == 0) {
            return new ConfidenceInterval(0, 1 - Math.pow(tail, 1.0 / tries), CONFIDENCE);
        }
        if (successes == tries) {
            return new ConfidenceInterval(Math.pow(tail, 1.0 / tries), 1, CONFIDENCE);
        }
        return new ClopperPearsonInterval().createInterval(tries, successes, CONFIDENCE);
    }
}
