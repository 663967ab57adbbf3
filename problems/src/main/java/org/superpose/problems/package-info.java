/** The Boolean maps to compute (theory, section 2). */
package org.superpose.problems;
