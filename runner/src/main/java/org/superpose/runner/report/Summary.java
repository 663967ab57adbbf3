package org.superpose.runner.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.superpose.runner.report.analysis.Families;
import org.superpose.runner.report.analysis.MeasuredNetwork;
import org.superpose.runner.report.analysis.ReportRow;
import org.superpose.runner.report.analysis.ScalingLaw;
import org.superpose.runner.report.analysis.SmallestWidths;
import org.superpose.runner.workbench.Measurement;

/** The tables at the head of the page: results by family, in which a network counts once, and fitted laws. */
final class Summary {
    private Summary() {}

    static String families(List<ReportRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        Families.of(rows).forEach((name, family) -> {
            List<MeasuredNetwork> measured = MeasuredNetwork.among(family);
            List<ReportRow> networks = measured.stream()
                    .filter(MeasuredNetwork::wasBuilt)
                    .map(MeasuredNetwork::row)
                    .toList();
            List<ReportRow> verified =
                    networks.stream().filter(ReportRow::isVerified).toList();
            cells.add(List.of(
                    Html.escape(name),
                    grouped(family.size()),
                    grouped(networks.size()),
                    grouped(verified.size()),
                    grouped(count(networks, "REFUTED")),
                    grouped(count(networks, "UNDECIDED")),
                    range(verified, Measurement.OUTPUTS),
                    range(verified, Measurement.WIDTH),
                    best(verified, Measurement.SUPERPOSITION_RATIO, DoubleSummaryStatistics::getMax),
                    best(verified, Measurement.KAPPA, DoubleSummaryStatistics::getMin),
                    best(verified, Measurement.LIMIT_RATIO, DoubleSummaryStatistics::getMin),
                    String.format(
                            Locale.ROOT,
                            "%,.1f",
                            measured.stream()
                                    .mapToDouble(MeasuredNetwork::seconds)
                                    .sum())));
        });
        return Html.table(
                List.of(
                        "problem, construction",
                        "rows",
                        "networks",
                        "verified",
                        "refuted",
                        "undecided",
                        "m'",
                        "n",
                        "best m'/n",
                        "best kappa",
                        "best n/limit",
                        "seconds"),
                cells);
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static long count(List<ReportRow> rows, String verdict) {
        return rows.stream()
                .filter(row -> row.text(Measurement.VERDICT).equals(verdict))
                .count();
    }

    private static DoubleSummaryStatistics statistics(List<ReportRow> rows, String field) {
        return rows.stream()
                .map(row -> row.number(field))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .summaryStatistics();
    }

    private static String range(List<ReportRow> rows, String field) {
        DoubleSummaryStatistics all = statistics(rows, field);
        if (all.getCount() == 0) {
            return "-";
        }
        String least = String.format(Locale.ROOT, "%,.0f", all.getMin());
        return all.getMin() == all.getMax() ? least : least + " – " + String.format(Locale.ROOT, "%,.0f", all.getMax());
    }

    private static String best(List<ReportRow> rows, String field, ToDoubleFunction<DoubleSummaryStatistics> choice) {
        DoubleSummaryStatistics all = statistics(rows, field);
        return all.getCount() == 0 ? "-" : String.format(Locale.ROOT, "%.2f", choice.applyAsDouble(all));
    }

    /** The table of fitted laws, or "" if there are none. */
    static String laws(List<ReportRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        Families.of(rows)
                .forEach((name, family) -> SmallestWidths.among(family)
                        .laws()
                        .forEach(law -> cells.add(List.of(
                                Html.escape(name),
                                withInterval(law.a(), law.intervalOfA()),
                                withInterval(law.b(), law.intervalOfB()),
                                law.intervalOfC()
                                        .map(interval -> withInterval(law.c(), Optional.of(interval)))
                                        .orElse(String.format(Locale.ROOT, "%.1f (taken from the theory)", law.c())),
                                String.format(Locale.ROOT, "%.4f", law.rSquared()),
                                Integer.toString(law.points())))));
        if (cells.isEmpty()) {
            return "";
        }
        return "<p>Fitted law n = a m′<sup>b</sup> (log<sub>2</sub> m′)<sup>c</sup> with 95 % confidence intervals,"
                + " which four points or more have; a network is one point, however many rows it is in."
                + " The theory has b = c = ½. Over a short range of m′ the two exponents stand for each other:"
                + " with c fitted the intervals are then wide,"
                + " and only the curve as a whole means something.</p>"
                + Html.table(List.of("problem, construction", "a", "b", "c", "R²", "points"), cells);
    }

    private static String withInterval(double value, Optional<ScalingLaw.Interval> interval) {
        return figure(value)
                + interval.map(ends -> " (" + figure(ends.low()) + " to " + figure(ends.high()) + ")")
                        .orElse("");
    }

    /** Three significant figures. */
    private static String figure(double value) {
        return Math.abs(value) >= 1000 || value != 0 && Math.abs(value) < 0.001
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
