/** Small changes of verified networks, to see that no verifier lets a wrong one pass. */
package org.superpose.runner.mutant;
