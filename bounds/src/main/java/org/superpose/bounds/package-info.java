/**
 * Information-theoretic limits (theory, section 3), what representing takes (section 1), and the metrics of a built
 * network (section 6). Pure functions and small records; everything is in bits.
 */
package org.superpose.bounds;
