/** Information-theoretic lower bounds (theory, section 3). */
package org.superpose.bounds;
