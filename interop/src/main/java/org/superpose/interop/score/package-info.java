/** Scores of dictionaries, transcoders, probes and decompositions against the truth of a data set. */
package org.superpose.interop.score;
