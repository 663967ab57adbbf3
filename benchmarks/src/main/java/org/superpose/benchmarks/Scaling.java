package org.superpose.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.figure.PictureFile;
import org.superpose.runner.figure.PlotPicture;

/**
 * How the times to build and to verify grow: two-and regular, m = m' from 2^10 on, n = kappa sqrt(m' log m'). Prints
 * one line per size and the fitted exponent, and draws a plot.
 *
 * <p>{@code Scaling FIRST LAST [PLOT]}: the exponents of the smallest and the largest m', and a file for the plot, .svg
 * or .png. Seconds are wall-clock time, with {@value #THREADS} threads, in a JVM that has warmed up on 2^10. A
 * verification is repeated at least {@value #LEAST_RUNS} times and for at least a second, and the quickest counts.
 * Processor seconds are those of the whole process, the JIT compiler included.
 */
public final class Scaling {
    private static final double KAPPA = 3;
    /** Threads of the verifier. */
    static final int THREADS = 2;

    private static final int WARM_UP = 10;
    /** The quickest of one large run and the quickest of hundreds of small ones would not be comparable. */
    private static final int LEAST_RUNS = 3;

    private Scaling() {}

    /** One size. */
    record Row(
            int exponent,
            int width,
            double buildSeconds,
            double buildProcessorSeconds,
            double verifySeconds,
            String verdict) {
        double outputs() {
            return Math.pow(2, exponent);
        }
    }

    /** Runs. */
    public static void main(String[] arguments) {
        int first = Integer.parseInt(arguments[0]);
        int last = Integer.parseInt(arguments[1]);
        if (arguments.length > 2) {
            PictureFile.of("PLOT", Path.of(arguments[2]));
        }
        System.out.println(
                "| m = m' | n | inputs | build, s | build, processor s | verify, s | verdict | largest heap, MiB |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            measure(WARM_UP);
        }
        List<Row> rows = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            Row row = measure(exponent);
            rows.add(row);
            double outputs = row.outputs();
            System.out.printf(
                    Locale.ROOT,
                    "| 2^%d | %,d | %.3g | %.2f | %.2f | %.4f | %s | %,d |%n",
                    exponent,
                    row.width(),
                    1 + outputs + outputs * (outputs - 1) / 2,
                    row.buildSeconds(),
                    row.buildProcessorSeconds(),
                    row.verifySeconds(),
                    row.verdict(),
                    largestHeap() >> 20);
        }
        if (rows.size() > 1) {
            SimpleRegression fit = new SimpleRegression();
            rows.forEach(row -> fit.addData(Math.log(row.outputs()), Math.log(row.verifySeconds())));
            System.out.printf(
                    Locale.ROOT,
                    "verification time ~ m'^%.2f (standard error %.2f)%n",
                    fit.getSlope(),
                    fit.getSlopeStdErr());
            if (arguments.length > 2) {
                Path file = Path.of(arguments[2]);
                PictureFile.of("PLOT", file).write(file, PlotPicture.withHeading(ScalingPlot.of(rows, fit)));
            }
        }
    }

    private static long largestHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static Row measure(int exponent) {
        int outputs = 1 << exponent;
        int width = (int) Math.ceil(KAPPA * Math.sqrt((double) outputs * exponent));
        ProblemInstance instance = ClippedNetworks.instance(outputs, 2);
        double processor = processorSeconds();
        long start = System.nanoTime();
        BuiltNetwork built = ClippedNetworks.build(instance, width);
        double build = secondsSince(start);
        double buildProcessor = processorSeconds() - processor;
        Verdict verdict;
        double quickest = Double.POSITIVE_INFINITY;
        start = System.nanoTime();
        int runs = 0;
        Verifier verifier = Catalog.load("verifier", Verifier.class, Scaling.class.getClassLoader())
                .require("pairwise");
        do {
            long own = System.nanoTime();
            verdict = verifier.verify(built, VerificationBudget.unlimited().withThreads(THREADS));
            quickest = Math.min(quickest, secondsSince(own));
            runs++;
        } while (runs < LEAST_RUNS || secondsSince(start) < 1);
        return new Row(exponent, width, build, buildProcessor, quickest, verdict.status());
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double processorSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }
}
