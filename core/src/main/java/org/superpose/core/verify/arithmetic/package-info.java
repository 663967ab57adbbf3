/** The arithmetic of verdicts: exact in whole numbers, and float32 with a bound on its rounding (theory, section 7). */
package org.superpose.core.verify.arithmetic;
