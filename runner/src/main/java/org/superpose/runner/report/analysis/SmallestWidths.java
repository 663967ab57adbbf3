package org.superpose.runner.report.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.superpose.runner.workbench.Measurement;

/**
 * The smallest verified widths of a family of rows.
 *
 * @param rows one or more for each m', ascending in m'
 */
public record SmallestWidths(List<ReportRow> rows) {
    /**
     * Takes rows of width searches as they are, since each is the smallest width of its instance, and of other rows the
     * smallest that was verified for each m', where several widths were tried: a single width is not the smallest of
     * anything. A network counts once, however many rows and folders it is in.
     */
    public static SmallestWidths among(List<ReportRow> family) {
        TreeMap<Double, List<ReportRow>> byOutputs = new TreeMap<>();
        for (ReportRow row : MeasuredNetwork.once(family)) {
            if (row.isVerified()
                    && row.positive(Measurement.OUTPUTS).orElse(0) >= 2
                    && row.positive(Measurement.WIDTH).isPresent()) {
                byOutputs
                        .computeIfAbsent(outputs(row), key -> new ArrayList<>())
                        .add(row);
            }
        }
        Map<Double, Set<Double>> tried = new HashMap<>();
        for (ReportRow row : family) {
            if (row.positive(Measurement.OUTPUTS).isPresent()
                    && row.positive(Measurement.WIDTH).isPresent()) {
                tried.computeIfAbsent(outputs(row), key -> new HashSet<>()).add(width(row));
            }
        }
        List<ReportRow> smallest = new ArrayList<>();
        for (List<ReportRow> rows : byOutputs.values()) {
            List<ReportRow> searched = rows.stream()
                    .filter(row -> row.number(Measurement.SUCCESS_RATE).isPresent())
                    .toList();
            if (!searched.isEmpty()) {
                smallest.addAll(searched);
            } else if (tried.get(outputs(rows.get(0))).size() > 1) {
                rows.stream()
                        .min(Comparator.comparingDouble(SmallestWidths::width))
                        .ifPresent(smallest::add);
            }
        }
        return new SmallestWidths(smallest);
    }

    /** The m' of one of the rows. */
    public static double outputs(ReportRow row) {
        return row.number(Measurement.OUTPUTS).getAsDouble();
    }

    /** The width of one of the rows. */
    public static double width(ReportRow row) {
        return row.number(Measurement.WIDTH).getAsDouble();
    }

    /**
     * The law that fits the widths, or empty if there are too few.
     *
     * @param fitsC whether its exponent c is fitted, too, or taken from the theory
     */
    public Optional<ScalingLaw> law(boolean fitsC) {
        return ScalingLaw.fit(
                rows.stream()
                        .map(row -> new ScalingLaw.Sample(outputs(row), width(row)))
                        .toList(),
                fitsC);
    }

    /** The laws that the widths allow: with c from the theory, and with c fitted. */
    public List<ScalingLaw> laws() {
        return Stream.of(false, true).map(this::law).flatMap(Optional::stream).toList();
    }
}
