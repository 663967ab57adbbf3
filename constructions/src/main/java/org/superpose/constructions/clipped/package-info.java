/**
 * Clipped channels: 0/1 matrices whose entries are the union of what the channels of all outputs want (theory, section
 * 5).
 */
package org.superpose.constructions.clipped;
