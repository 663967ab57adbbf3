package org.superpose.runner.suite;

/**
 * How much of the suite is made.
 *
 * @param samples of each data set
 * @param trainingSamples that baselines learn from
 * @param steps of their training
 */
record SuiteSize(int samples, int trainingSamples, int steps) {
    static final SuiteSize FULL = new SuiteSize(100_000, 20_000, 1000);

    static final SuiteSize QUICK = new SuiteSize(2000, 2000, 200);
}
