package org.superpose.constructions.clipped.conflict;

/**
 * How much work may be spent on wrong inputs.
 *
 * @param passes the most passes, each of which places all channels anew
 * @param rounds the most rounds of local search
 */
public record Effort(int passes, int rounds) {}
