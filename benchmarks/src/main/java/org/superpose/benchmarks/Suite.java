package org.superpose.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.superpose.core.kernel.Kernels;
import org.superpose.runner.store.RunDescription;

/**
 * Runs the suite and prints each figure beside its peer from the same run, as a Markdown table. A figure is the best of
 * several iterations of half a second, since on a busy machine an average would measure the other work. Over several
 * JVMs it is the median, since it is a matter of luck which pages of memory an array gets.
 *
 * <p>{@code Suite [PATTERN]...}: only the benchmarks whose names match.
 */
public final class Suite {
    private static final int ITERATION_MILLISECONDS = 500;
    private static final List<Row> ROWS = rows();

    private Suite() {}

    /**
     * One figure.
     *
     * @param what what is measured, in words
     * @param ours our benchmark, as {@code Class.method} with {@code @n} for its parameter
     * @param peer the benchmark of the peer
     * @param peerName the name of the peer
     * @param scale the factor for the peer's time, where it does only a part of the work
     * @param target the least ratio peer / ours to be reached, or 0 for none
     */
    private record Row(String what, String ours, String peer, String peerName, double scale, double target) {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int n : new int[] {256, 512, 1024, 2048, 4096, 8192}) {
            String what = "matrix-vector ReLU, float32, n = " + n;
            rows.add(new Row(what, "MatrixVector.superpose@" + n, "MatrixVector.openBlas@" + n, "OpenBLAS", 1, 1));
            rows.add(new Row(what, "MatrixVector.superpose@" + n, "MatrixVector.ejml@" + n, "EJML", 1, 0));
            rows.add(new Row(what, "MatrixVector.superpose@" + n, "MatrixVector.scalar@" + n, "scalar loop", 1, 0));
            rows.add(new Row(
                    what,
                    "MatrixVector.superpose@" + n,
                    "MatrixVector.read@" + n,
                    "plain SIMD read of W",
                    1,
                    n == 8192 ? 0.85 : 0));
        }
        for (int n : new int[] {512, 1024, 2048}) {
            String what = "matrix-block ReLU, float32, batch " + MatrixBlock.BATCH + ", n = " + n;
            rows.add(new Row(what, "MatrixBlock.superpose@" + n, "MatrixBlock.openBlas@" + n, "OpenBLAS", 1, 0.7));
            rows.add(new Row(what, "MatrixBlock.superpose@" + n, "MatrixBlock.ejml@" + n, "EJML", 1, 0));
            rows.add(new Row(what, "MatrixBlock.superpose@" + n, "MatrixBlock.scalar@" + n, "scalar loop", 1, 0));
        }
        for (int n : new int[] {4096, 8192}) {
            String what = "bit-packed matrix-vector, n = " + n;
            String ours = "PackedMatrixVector.superpose@" + n;
            rows.add(new Row(what, ours, "PackedMatrixVector.float32@" + n, "our float32", 1, n == 4096 ? 10 : 0));
            rows.add(new Row(what, ours, "PackedMatrixVector.scalar@" + n, "scalar loop", 1, 0));
            rows.add(new Row(
                    "int8 matrix-vector, n = " + n,
                    "PackedMatrixVector.int8@" + n,
                    "PackedMatrixVector.float32@" + n,
                    "our float32",
                    1,
                    0));
        }
        double batches = (double) Verification.INPUTS / Verification.BATCH;
        String what = "all 1.79e8 inputs, k-and r = v = 3, n = 1024: ";
        rows.add(new Row(
                what + "exhaustive, 1 thread",
                "Verification.exhaustive",
                "Verification.onnxRuntime",
                "ONNX Runtime, all cores (from a batch)",
                batches,
                1000));
        rows.add(new Row(
                what + "branch-and-bound, 1 thread",
                "Verification.branchAndBound",
                "Verification.exhaustive",
                "exhaustive",
                1,
                0));
        double auditBatches = (double) Audits.INPUTS / Audits.BATCH;
        String audited = "audit of all 2.8e6 inputs, 256 features, 96 hidden, 256 outputs, v = 3, all cores";
        String fromBatch = ", all cores (from a batch)";
        rows.add(new Row(
                audited,
                "Audits.audit",
                "Audits.countedByOnnxRuntime",
                "ONNX Runtime, inputs made and wrong decisions counted" + fromBatch,
                auditBatches,
                3));
        rows.add(new Row(
                audited,
                "Audits.audit",
                "Audits.onnxRuntime",
                "ONNX Runtime, evaluation alone" + fromBatch,
                auditBatches,
                0));
        rows.add(new Row(
                audited, "Audits.audit", "Audits.numpy", "numpy, evaluation alone" + fromBatch, auditBatches, 0));
        rows.add(new Row(
                "exhaustive verification" + audited.substring("audit".length()),
                "Audits.verification",
                "Audits.countedByOnnxRuntime",
                "ONNX Runtime, inputs made and wrong decisions counted" + fromBatch,
                auditBatches,
                3));
        return rows;
    }

    /** Runs. */
    public static void main(String[] patterns) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(ITERATION_MILLISECONDS))
                .measurementIterations(4)
                .measurementTime(TimeValue.milliseconds(ITERATION_MILLISECONDS))
                .verbosity(VerboseMode.SILENT);
        List<String> arguments = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector", "-Xmx4g"));
        if (Runtime.version().feature() >= 22) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        options.jvmArgsAppend(arguments.toArray(String[]::new));
        for (String pattern : patterns.length > 0 ? patterns : new String[] {"org.superpose.benchmarks"}) {
            options.include(pattern);
        }
        Map<String, Double> milliseconds = new HashMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            String n = result.getParams().getParam("n");
            String benchmark = result.getParams().getBenchmark();
            String name = benchmark.substring("org.superpose.benchmarks.".length()) + (n == null ? "" : "@" + n);
            double best = StatUtils.percentile(
                    result.getBenchmarkResults().stream()
                            .mapToDouble(fork ->
                                    fork.getPrimaryResult().getStatistics().getMin())
                            .toArray(),
                    50);
            boolean micro = result.getPrimaryResult().getScoreUnit().startsWith("us");
            milliseconds.put(name, micro ? best / 1000 : best);
        }
        print(milliseconds);
    }

    private static void print(Map<String, Double> milliseconds) {
        System.out.println(machine());
        System.out.println();
        System.out.println("| what | ours, ms | peer | peer, ms | peer / ours | target |");
        System.out.println("|---|---|---|---|---|---|");
        for (Row row : ROWS) {
            Double ours = milliseconds.get(row.ours());
            Double peer = milliseconds.get(row.peer());
            if (ours != null && peer != null) {
                double ratio = peer * row.scale() / ours;
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s |%n",
                        row.what(),
                        figure(ours),
                        row.peerName(),
                        figure(peer * row.scale()),
                        figure(ratio),
                        row.target() == 0 ? "" : figure(row.target()) + (ratio >= row.target() ? ", met" : ", missed"));
            }
        }
        Double exhaustive = milliseconds.get("Verification.exhaustive");
        if (exhaustive != null) {
            System.out.printf(
                    Locale.ROOT,
                    "%nexhaustive: %.3g inputs per second on one core%n",
                    Verification.INPUTS / exhaustive * 1000);
        }
    }

    private static String figure(double value) {
        return value >= 1000 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String machine() {
        return RunDescription.processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores; JDK "
                + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + "); kernels: "
                + Kernels.describe();
    }
}
