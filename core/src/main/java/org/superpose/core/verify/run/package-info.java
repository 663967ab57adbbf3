/**
 * How the work of a verification is split, so that the outcome is that of one thread: {@code OrderedUnits} runs
 * numbered units on several threads, {@code UnitSizes} counts the inputs of each exactly, {@code StoredEntries}
 * estimates what the preparation costs.
 */
package org.superpose.core.verify.run;
