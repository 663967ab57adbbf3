/**
 * What is known of a network by its making: which features each state holds, where they point, and which gates read
 * them.
 */
package org.superpose.interop.truth;
