/** The seed tree: all randomness comes from one 64-bit seed, split by name. */
package org.superpose.core.random;
