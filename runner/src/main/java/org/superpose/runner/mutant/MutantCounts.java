package org.superpose.runner.mutant;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.superpose.runner.mutant.MutantTrial.Opinion;

/**
 * Counts of mutants that the exhaustive verifier refuted, proved equal or left undecided, and of what each verifier
 * said. Thread-safe.
 */
public final class MutantCounts {
    private static final int SHOWN_SLIPS = 20;

    private final Map<Mutation, Tally> byMutation = new EnumMap<>(Mutation.class);
    private final List<Tally> byOriginal = new ArrayList<>();
    private final Map<String, int[]> byVerifier = new TreeMap<>();
    private final List<String> slips = new ArrayList<>();
    private final Tally all = new Tally();

    MutantCounts(int originals) {
        for (Mutation mutation : Mutation.values()) {
            byMutation.put(mutation, new Tally());
        }
        for (int t = 0; t < originals; t++) {
            byOriginal.add(new Tally());
        }
    }

    /** Counts of the mutants of one kind or of one network. */
    public static final class Tally {
        private int equal;
        private int refuted;
        private int undecided;
        private int slipped;

        /** All of them. */
        public int mutants() {
            return equal + refuted + undecided + slipped;
        }

        /** Proved right on the whole domain by the exhaustive verifier, contradicted by none. */
        public int equal() {
            return equal;
        }

        /** Refuted by the exhaustive verifier, verified by none. */
        public int refuted() {
            return refuted;
        }

        /** Left undecided by the exhaustive verifier: a margin is within the rounding bound. */
        public int undecided() {
            return undecided;
        }

        /** Judged falsely by some verifier. */
        public int slipped() {
            return slipped;
        }

        private void add(MutantTrial trial) {
            if (trial.opinions().containsValue(Opinion.FALSE)) {
                slipped++;
                return;
            }
            switch (trial.opinions().getOrDefault(MutantTrial.EXHAUSTIVE, Opinion.UNDECIDED)) {
                case VERIFIED -> equal++;
                case REFUTED -> refuted++;
                default -> undecided++;
            }
        }
    }

    synchronized void add(int number, MutantRun.Mutant mutant, MutantTrial trial) {
        all.add(trial);
        byMutation.get(mutant.mutation()).add(trial);
        byOriginal.get(mutant.original()).add(trial);
        trial.opinions().forEach((verifier, opinion) -> {
            byVerifier.computeIfAbsent(verifier, id -> new int[Opinion.values().length])[opinion.ordinal()]++;
            if (opinion == Opinion.FALSE && slips.size() < SHOWN_SLIPS) {
                slips.add("mutant " + number + " (" + mutant.mutation().title() + ") is "
                        + (trial.right() ? "right" : "wrong") + ", but " + verifier + " says otherwise");
            }
        });
    }

    /** Of all mutants. */
    public Tally all() {
        return all;
    }

    /** Of each kind of mutation. */
    public Map<Mutation, Tally> byMutation() {
        return byMutation;
    }

    /** Of each original, in their order. */
    public List<Tally> byOriginal() {
        return List.copyOf(byOriginal);
    }

    /** By the id of each verifier: how many mutants it verified, refuted, left undecided, and judged falsely. */
    public Map<String, int[]> byVerifier() {
        return byVerifier;
    }

    /** The first false verdicts in words. */
    public List<String> slips() {
        return List.copyOf(slips);
    }
}
