package org.superpose.runner.cli.output;

import java.util.Locale;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;

/** Shows how a width search goes: a line for each width, and one for each trial unless there are too many to read. */
public final class SearchProgress implements SweepListener {
    private final Console console;
    private final int instances;
    private final Throttle throttle = new Throttle(System::nanoTime);

    /**
     * For one search.
     *
     * @param console where the lines go
     * @param instances how many are tried at each width
     */
    public SearchProgress(Console console, int instances) {
        this.console = console;
        this.instances = instances;
    }

    @Override
    public void planned(int trials, int alreadyDone) {
        if (alreadyDone > 0) {
            console.note(alreadyDone + " trials are done already");
        }
    }

    @Override
    public void finished(UnitReport report) {
        if (report.isDone() && !throttle.passes()) {
            return;
        }
        String line = "  " + report.label() + ": "
                + (report.isDone() ? report.measurements().get(0).text(Measurement.VERDICT) : "failed")
                + String.format(Locale.ROOT, " in %.1f s", report.seconds());
        if (report.isDone()) {
            console.note(line);
        } else {
            console.say(line);
        }
    }

    /** What came of a width so far. */
    public void probed(WidthSearch.Probe probe) {
        console.note(String.format(
                Locale.ROOT,
                "n = %d: %d of %d networks verified (success rate %.2f, 95 %% interval %.2f to %.2f),"
                        + " %d of %d instances",
                probe.width(),
                probe.successes(),
                probe.tries(),
                probe.successRate(),
                probe.lowestRate(),
                probe.highestRate(),
                probe.instances(),
                instances));
    }
}
