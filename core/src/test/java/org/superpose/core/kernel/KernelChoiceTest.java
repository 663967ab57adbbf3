package org.superpose.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.random.Seed;

/** Choices that are made once for a process; each test has a process of its own. */
class KernelChoiceTest {
    private static final String INCUBATOR = "jdk.incubator.vector";

    @TempDir
    Path folder;

    /** Describes the kernel of its process, and names the calls whose results differ from those of the scalar one. */
    public static final class Description {
        private Description() {}

        /** The entry point of the process. */
        public static void main(String[] arguments) {
            System.out.println(Kernels.describe());
            System.out.println(Kernels.best().name() + differences(Kernels.best()));
        }

        private static List<String> differences(Kernel kernel) {
            Kernel scalar = Kernels.named("scalar");
            List<String> differences = new ArrayList<>();
            for (int rows : new int[] {3, 64, 130}) {
                for (int columns : new int[] {1, 2, 16, 75}) {
                    for (Work work : Work.values()) {
                        int[] expected = work.results.apply(new Task(scalar, rows, columns));
                        if (!Arrays.equals(expected, work.results.apply(new Task(kernel, rows, columns)))) {
                            differences.add(work + " of " + rows + " x " + columns);
                        }
                    }
                }
            }
            return differences;
        }
    }

    /** One call of a kernel, with the same whole numbers every time. */
    private enum Work {
        FLOAT_PRODUCT(task -> {
            float[] y = new float[task.rows];
            task.kernel.matrixVectorRelu(task.panels(), task.floats(task.rows), task.floats(task.columns), y);
            return whole(y);
        }),
        FLOAT_BLOCK(task -> {
            float[] y = new float[7 * task.rows];
            task.kernel.matrixBlockRelu(task.panels(), task.floats(task.rows), task.floats(7 * task.columns), 7, y);
            return whole(y);
        }),
        COLUMN_SUM(task -> {
            float[][] columns = {task.floats(task.rows), task.floats(task.rows)};
            float[] y = new float[task.rows];
            task.kernel.columnSumRelu(columns, new int[] {1, 0}, new float[] {3, -2}, 2, task.floats(task.rows), y);
            return whole(y);
        }),
        BYTE_BLOCK(task -> {
            byte[] matrix = new byte[task.rows * task.columns];
            byte[] x = new byte[3 * task.columns];
            task.random.nextBytes(matrix);
            task.random.nextBytes(x);
            int[] y = new int[3 * task.rows];
            task.kernel.matrixBlockRelu(matrix, task.rows, task.columns, task.ints(task.rows), x, 3, y);
            return y;
        }),
        SHORT_BLOCK(task -> {
            short[] matrix = task.shorts(task.rows * task.columns);
            short[] x = task.shorts(3 * task.columns);
            int[] y = new int[3 * task.rows];
            task.kernel.matrixBlockRelu(matrix, task.rows, task.columns, task.ints(task.rows), x, 3, y);
            return y;
        }),
        SCALED(task -> {
            int[] sums = task.ints(task.rows);
            task.kernel.addScaled(task.shorts(task.rows), 1, sums);
            task.kernel.addScaled(task.shorts(task.rows), -7, sums);
            return sums;
        }),
        AT_LEAST(task -> {
            int[] found = new int[task.rows];
            task.kernel.collectAtLeast(task.ints(task.rows), task.ints(task.rows), found);
            return found;
        }),
        ABOVE(task -> {
            int[] found = new int[task.rows];
            task.kernel.collectSumsAbove(task.floats(task.rows), task.floats(task.rows), 12, found);
            return found;
        }),
        BITS(task -> {
            int[] counts = new int[3 * task.rows];
            task.kernel.commonBits(
                    task.longs(task.rows * task.columns),
                    task.rows,
                    task.columns,
                    task.longs(3 * task.columns),
                    3,
                    counts);
            return counts;
        }),
        REACH(task -> {
            long[] sets = task.longs(20 * task.columns);
            int[] starts =
                    task.random.ints(20, 0, 20).map(t -> t * task.columns).toArray();
            long[] reached = new long[18 * task.columns];
            for (int reach = 1; reach < 18; reach++) {
                long[] one = new long[task.columns];
                task.kernel.reach(sets, starts, 20, 0, task.columns, reach, one);
                System.arraycopy(one, 0, reached, reach * task.columns, task.columns);
            }
            return halves(reached);
        }),
        INTERSECTION(task -> {
            long[] common = new long[task.columns];
            task.kernel.intersect(
                    task.longs(2 * task.columns), new int[] {0, task.columns}, 2, 0, task.columns, common);
            return halves(common);
        });

        private final Function<Task, int[]> results;

        Work(Function<Task, int[]> results) {
            this.results = results;
        }

        private static int[] whole(float[] values) {
            int[] whole = new int[values.length];
            Arrays.setAll(whole, t -> Float.floatToIntBits(values[t]));
            return whole;
        }

        private static int[] halves(long[] words) {
            int[] halves = new int[2 * words.length];
            Arrays.setAll(halves, t -> (int) (words[t / 2] >>> 32 * (t % 2)));
            return halves;
        }
    }

    /** A kernel, and the numbers that it is given. */
    private static final class Task {
        private final Kernel kernel;
        private final int rows;
        private final int columns;
        private final RandomGenerator random = new Seed(1).generator();

        Task(Kernel kernel, int rows, int columns) {
            this.kernel = kernel;
            this.rows = rows;
            this.columns = columns;
        }

        private RowPanels panels() {
            return RowPanels.of(floats(rows * columns), rows, columns);
        }

        private float[] floats(int length) {
            float[] values = new float[length];
            for (int t = 0; t < length; t++) {
                values[t] = random.nextInt(-9, 10);
            }
            return values;
        }

        private int[] ints(int length) {
            return random.ints(length, -1000, 1000).toArray();
        }

        private short[] shorts(int length) {
            short[] values = new short[length];
            for (int t = 0; t < length; t++) {
                values[t] = (short) random.nextInt();
            }
            return values;
        }

        private long[] longs(int length) {
            return random.longs(length).toArray();
        }
    }

    private record Ended(int code, List<String> output, String errors) {}

    private Ended ended(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Description.class.getName()));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after two minutes");
        }
        return new Ended(process.exitValue(), Files.readAllLines(output), Files.readString(errors));
    }

    @Test
    void withoutTheIncubatorModuleScalarLoopsAreUsedWithAWarning() throws Exception {
        Ended ended = ended();
        String reason = "the SIMD kernels cannot run: start Java with --add-modules jdk.incubator.vector";
        assertEquals(List.of("scalar loops (no SIMD); " + reason, "scalar[]"), ended.output());
        assertTrue(ended.errors().contains("slow scalar kernels are used: " + reason), ended.errors());
    }

    @Test
    void whoForcesTheVectorKernelGetsNoOther() throws Exception {
        Ended ended = ended("-Dsuperpose.kernel=vector");
        assertNotEquals(0, ended.code());
        assertEquals(List.of(), ended.output());
        assertTrue(ended.errors().contains("the SIMD kernels cannot run"), ended.errors());
    }

    @Tag("slow")
    @Tag("jdk")
    @ParameterizedTest
    @CsvSource({"64, 2 float, 2 int, 1 long", "128, 4 float, 4 int, 2 long", "256, 8 float, 8 int, 4 long"})
    void everyWidthOfVectorsComputesWhatTheScalarLoopsDo(int bits, String first, String second, String third)
            throws Exception {
        Ended ended = ended("--add-modules", INCUBATOR, "-Dsuperpose.kernel.bits=" + bits);
        String lanes = String.join(", ", first, second, third);
        assertEquals(List.of("SIMD, " + bits + "-bit vectors: " + lanes + " lanes", "vector[]"), ended.output());
    }

    @Test
    void aWidthThatNoVectorHasIsNamed() throws Exception {
        Ended ended = ended("--add-modules", INCUBATOR, "-Dsuperpose.kernel.bits=7");
        String reason = "vector width \"7\" (system property superpose.kernel.bits) must be 64, 128, 256 or 512";
        assertEquals(List.of("scalar loops (no SIMD); " + reason, "scalar[]"), ended.output());
    }
}
