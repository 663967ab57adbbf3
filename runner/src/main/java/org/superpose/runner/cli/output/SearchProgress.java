package org.superpose.runner.cli.output;

import java.util.Locale;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.WidthSearch;

/**
 * Shows how a width search goes: a line for each trial and each width.
 *
 * @param console where the lines go
 * @param instances how many are tried at each width
 */
public record SearchProgress(Console console, int instances) implements SweepListener {
    @Override
    public void planned(int trials, int alreadyDone) {
        if (alreadyDone > 0) {
            console.say(alreadyDone + " trials are done already");
        }
    }

    @Override
    public void finished(UnitReport report) {
        console.say("  " + report.label() + ": "
                + (report.isDone() ? report.measurements().get(0).text(Measurement.VERDICT) : "failed")
                + String.format(Locale.ROOT, " in %.1f s", report.seconds()));
    }

    /** What came of a width so far. */
    public void probed(WidthSearch.Probe probe) {
        console.say(String.format(
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
