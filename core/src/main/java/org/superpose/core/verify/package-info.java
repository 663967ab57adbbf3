/** Verdicts, counterexamples, and the {@code Verifier} service (theory, section 7). */
package org.superpose.core.verify;
