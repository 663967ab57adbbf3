package org.superpose.constructions.clipped.conflict;

import org.superpose.core.verify.Deadline;

/**
 * How much work may be spent on wrong inputs.
 *
 * @param passes the most passes, each of which places all channels anew
 * @param rounds the most rounds of local search
 * @param sweeps the sweeps of annealing over all channels where the rounds leave inputs wrong
 * @param deadline when all of it is given up
 */
public record Effort(int passes, int rounds, int sweeps, Deadline deadline) {}
