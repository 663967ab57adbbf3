/** The search that redraws channels until no input is decided wrongly. */
package org.superpose.constructions.clipped.conflict;
