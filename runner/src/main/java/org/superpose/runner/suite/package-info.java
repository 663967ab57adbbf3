/** The suite of verified networks with their truth, data, proofs and baseline scores. */
package org.superpose.runner.suite;
