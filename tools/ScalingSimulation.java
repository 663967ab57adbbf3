import java.util.Locale;
import java.util.PriorityQueue;

/**
 * The simulation behind docs/scaling.md: how long the frontier of two-and at m' = 2^24 takes on 1 to 1,000 cores,
 * extrapolated from the measured costs of single networks. Run it with {@code java tools/ScalingSimulation.java}; the
 * figures that it starts from are at the top.
 *
 * <p>The frontier is the smallest verified width for each of some seeds. Three ways are compared: searches, where a
 * unit is a seed and probes one width after the other; a grid, where a unit is one width with one seed; and split
 * searches (the setting spark.superpose.split), where the driver builds one network after the other and all cores
 * verify ranges of its inputs.
 */
final class ScalingSimulation {
    /** Measured for each number of outputs m': processor seconds to build and verify (pairwise), and file size. */
    private static final double[][] MEASURED = {
        // m', build s, verify s, bytes
        {1 << 15, 4.3, 1.8, 2_607_224}, {1 << 16, 10.6, 2.4, 5_264_619}, {1 << 17, 24.7, 6.6, 10_651_390},
    };

    /** Measured: seconds that a task takes on top of its work. */
    private static final double TASK_OVERHEAD = 0.04;

    private static final int SEEDS = 20;
    private static final int PROBES = 9;
    private static final int EXPONENT = 24;
    private static final int RANGES_PER_CORE = 4;
    /** Bytes per second at which an executor receives a broadcast: half of 10 Gbit/s. */
    private static final double BROADCAST_RATE = 6e8;
    private static final int CORES_PER_EXECUTOR = 16;

    private ScalingSimulation() {}

    /** By the power law of the last doubling; smaller networks still show the start-up of the JVM. */
    private static double extrapolate(int column, double outputs) {
        double[] last = MEASURED[MEASURED.length - 1];
        double[] before = MEASURED[MEASURED.length - 2];
        double slope = Math.log(last[column] / before[column]) / Math.log(last[0] / before[0]);
        return last[column] * Math.pow(outputs / last[0], slope);
    }

    /** Seconds until the last of equally long tasks ends, when each free core takes the next one. */
    private static double listSchedule(int tasks, double seconds, int cores) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int c = 0; c < cores; c++) {
            free.add(0.0);
        }
        double end = 0;
        for (int t = 0; t < tasks; t++) {
            double done = free.remove() + seconds + TASK_OVERHEAD;
            free.add(done);
            end = Math.max(end, done);
        }
        return end;
    }

    private static String duration(double seconds) {
        if (seconds < 7200) {
            return String.format(Locale.ROOT, "%.0f min", seconds / 60);
        }
        return seconds < 172_800
                ? String.format(Locale.ROOT, "%.1f h", seconds / 3600)
                : String.format(Locale.ROOT, "%,.1f d", seconds / 86_400);
    }

    public static void main(String[] arguments) {
        double outputs = Math.pow(2, EXPONENT);
        double build = extrapolate(1, outputs);
        double verify = extrapolate(2, outputs);
        double bytes = extrapolate(3, outputs);
        System.out.printf(
                Locale.ROOT,
                "one network of m' = 2^%d: build %s, verify %s of one core, %.2f GB%n",
                EXPONENT,
                duration(build),
                duration(verify),
                bytes / 1e9);
        System.out.println("| cores | searches: time | busy | grid: time | busy | split: time | busy "
                + "| split: ranges | broadcast |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        double work = SEEDS * PROBES * (build + verify);
        for (int cores : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000}) {
            int executors = (cores + CORES_PER_EXECUTOR - 1) / CORES_PER_EXECUTOR;
            double searches = listSchedule(SEEDS, PROBES * (build + verify), cores);
            double grid = listSchedule(SEEDS * PROBES, build + verify, cores);
            int ranges = RANGES_PER_CORE * cores;
            // Executors pass the blocks of a broadcast on to each other, so it takes about twice the time of one copy.
            double broadcast = executors == 1 ? 0 : 2 * bytes / BROADCAST_RATE;
            double split = SEEDS * PROBES * (build + broadcast + listSchedule(ranges, verify / ranges, cores));
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %s | %.0f %% | %s | %.0f %% | %s | %.0f %% | %,d | %.1f TB |%n",
                    cores,
                    duration(searches),
                    100 * work / (searches * cores),
                    duration(grid),
                    100 * work / (grid * cores),
                    duration(split),
                    100 * work / (split * cores),
                    SEEDS * PROBES * ranges,
                    SEEDS * PROBES * executors * bytes / 1e12);
        }
    }
}
