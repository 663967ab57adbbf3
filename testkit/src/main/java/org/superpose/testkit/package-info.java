/**
 * The contract test kit: what the interfaces of plugins only say in words, as JUnit tests. The author of a plugin
 * extends one class for each plugin,
 *
 * <ul>
 *   <li>{@link org.superpose.testkit.ProblemContract} for a problem,
 *   <li>{@link org.superpose.testkit.ConstructionContract} for a construction,
 *   <li>{@link org.superpose.testkit.VerifierContract} for a verifier,
 * </ul>
 *
 * makes the plugin in {@code plugin()} and gives a few small samples. All tests are then inherited: a method is named
 * after the rule that it checks, and a failure is a sentence that says which rule is broken, and for which sample. (The
 * contract of experiments is in the test jar of {@code superpose-runner}.)
 *
 * <p>No test depends on time, on the number of processors or on the order of tests.
 */
@NullMarked
@PluginApi
package org.superpose.testkit;

import org.jspecify.annotations.NullMarked;
import org.superpose.core.PluginApi;
