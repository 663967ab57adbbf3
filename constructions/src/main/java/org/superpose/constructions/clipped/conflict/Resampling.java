package org.superpose.constructions.clipped.conflict;

import java.util.Map;

/**
 * What resampling came to.
 *
 * @param counted whether all wrong inputs were found; otherwise there are more
 * @param passes how often all channels were placed anew
 * @param drawn the wrong inputs before the local search
 * @param rounds the rounds of local search
 * @param sweeps the sweeps of annealing
 * @param redraws the moves that were kept
 * @param left the inputs that are still wrong
 */
public record Resampling(boolean counted, int passes, int drawn, int rounds, int sweeps, long redraws, int left) {
    /** That of no block at all. */
    public static final Resampling NONE = new Resampling(true, 0, 0, 0, 0, 0, 0);

    /** Nothing is known about wrong inputs: there are too many inputs to look at. */
    public static final Resampling UNCOUNTED = new Resampling(false, 0, 0, 0, 0, 0, 0);

    /** Both blocks together, one after the other. */
    public Resampling and(Resampling other) {
        return new Resampling(
                counted && other.counted,
                passes + other.passes,
                drawn + other.drawn,
                rounds + other.rounds,
                sweeps + other.sweeps,
                redraws + other.redraws,
                left + other.left);
    }

    /** Adds these figures to a network's facts; those about wrong inputs only where something was counted. */
    public void addTo(Map<String, Object> facts) {
        facts.put("placement-passes", passes);
        facts.put("resampling-rounds", rounds);
        if (sweeps > 0) {
            facts.put("annealing-sweeps", sweeps);
        }
        facts.put("redraws", redraws);
        facts.put("wrong-inputs-counted", counted);
        if (counted || drawn > 0) {
            facts.put("wrong-inputs-drawn", drawn);
            facts.put("wrong-inputs-left", left);
        }
    }
}
