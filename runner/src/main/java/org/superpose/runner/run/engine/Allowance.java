package org.superpose.runner.run.engine;

/**
 * How much of the machine the units may use together.
 *
 * @param threads at least 1
 * @param bytes heap, at least 1; a unit that asks for more runs alone
 */
public record Allowance(int threads, long bytes) {
    public Allowance {
        if (threads < 1 || bytes < 1) {
            throw new IllegalArgumentException("allowance out of range: " + threads + " threads, " + bytes + " bytes");
        }
    }

    /** Some threads, and three quarters of the heap that this process may grow to. */
    public static Allowance ofThreads(int threads) {
        return new Allowance(threads, Math.max(1, Runtime.getRuntime().maxMemory() / 4 * 3));
    }
}
