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
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.PairwiseVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;

/**
 * How the time to build and to verify grows: two-and regular, m = m' from 2^10 on, n = kappa sqrt(m' log m'). Prints one line per size and the fitted exponent,
 * and plots.
 *
 * <p>{@code Scaling FIRST LAST [PLOT.svg]}: the exponents of the smallest and the largest m'. Times are of the processor, all threads
 * together, in a virtual machine that has warmed up on 2^10.
 */
public final class Scaling {
    private static final double KAPPA = 3;
    private static final int THREADS = 2;
    private static final int WARM_UP = 10;

    private Scaling() {}

    /** One size. */
    record Row(
            int exponent, int width, double buildSeconds, double verifySeconds, double verifyElapsed, String verdict) {
        double outputs() {
            return Math.pow(2, exponent);
        }
    }

    /** Runs. */
    public static void main(String[] arguments) {
        int first = Integer.parseInt(arguments[0]);
        int last = Integer.parseInt(arguments[1]);
        System.out.println("| m = m' | n | inputs | build, CPU s | verify, CPU s | verify, elapsed s on " + THREADS
                + " threads | verdict | largest heap, MiB |");
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
                    "| 2^%d | %,d | %.3g | %.2f | %.3f | %.3f | %s | %,d |%n",
                    exponent,
                    row.width(),
                    1 + outputs + outputs * (outputs - 1) / 2,
                    row.buildSeconds(),
                    row.verifySeconds(),
                    row.verifyElapsed(),
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
                ScalingPlot.write(rows, fit, Path.of(arguments[2]));
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
        double begin = cpuSeconds();
        SuperposedNetwork network = ClippedNetworks.build(instance, width).network();
        double built = cpuSeconds();
        long start = System.nanoTime();
        Verdict verdict = new PairwiseVerifier()
                .verify(instance, network, VerificationBudget.unlimited().withThreads(THREADS));
        double elapsed = (System.nanoTime() - start) / 1e9;
        return new Row(exponent, width, built - begin, cpuSeconds() - built, elapsed, verdict.status());
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }
}
