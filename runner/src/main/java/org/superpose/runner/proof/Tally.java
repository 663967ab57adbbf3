package org.superpose.runner.proof;

/**
 * What is counted over a part of a domain; parts are added up field by field, digests modulo 2^64.
 *
 * @param inputs how many inputs the part has
 * @param changes over these, how many outputs differ from their value for the empty input
 * @param digest of these changes ({@link Decisions})
 * @param looked how many inputs, pairs, or sets of active reads were looked at one by one
 * @param pruned how many prefixes of inputs were left out with all that begin with them
 * @param prunedInputs how many inputs these are
 * @param prunedDigest of the prefixes with their bounds
 */
record Tally(long inputs, long changes, long digest, long looked, long pruned, long prunedInputs, long prunedDigest) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                inputs + other.inputs,
                changes + other.changes,
                digest + other.digest,
                looked + other.looked,
                pruned + other.pruned,
                prunedInputs + other.prunedInputs,
                prunedDigest + other.prunedDigest);
    }
}
