package org.superpose.constructions.clipped.conflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.superpose.core.feature.FeatureSet;

/** The inputs that are wrong at present, with a journal, so that a move that did harm can be taken back. Mutable. */
final class WrongInputSet {
    private final List<FeatureSet> inputs = new ArrayList<>();
    private final Map<FeatureSet, Integer> positions = new HashMap<>();
    private final List<Change> journal = new ArrayList<>();

    /** An input became wrong, or right again. */
    private record Change(FeatureSet input, boolean harmed) {}

    int size() {
        return inputs.size();
    }

    /** The input at a position below {@link #size()}; positions change with every removal. */
    FeatureSet get(int position) {
        return inputs.get(position);
    }

    /** A copy. */
    List<FeatureSet> all() {
        return List.copyOf(inputs);
    }

    /** Adds an input unless it is there. */
    void add(FeatureSet input) {
        if (positions.putIfAbsent(input, inputs.size()) == null) {
            inputs.add(input);
            journal.add(new Change(input, true));
        }
    }

    /** Takes out an input that is there. */
    void remove(FeatureSet input) {
        int position = positions.remove(input);
        FeatureSet last = inputs.remove(inputs.size() - 1);
        if (!last.equals(input)) {
            inputs.set(position, last);
            positions.put(last, position);
        }
        journal.add(new Change(input, false));
    }

    /** Takes out all inputs that are mended. */
    void removeIf(Predicate<FeatureSet> mended) {
        // From the end: a removal puts the last input, which has been asked, in the place of the removed one.
        for (int t = inputs.size() - 1; t >= 0; t--) {
            FeatureSet input = inputs.get(t);
            if (mended.test(input)) {
                remove(input);
            }
        }
    }

    /** A point of time that {@link #undoTo} can lead back to. */
    int mark() {
        return journal.size();
    }

    /** Restores the inputs of a mark. */
    void undoTo(int mark) {
        while (journal.size() > mark) {
            Change last = journal.get(journal.size() - 1);
            if (last.harmed) {
                remove(last.input);
            } else {
                add(last.input);
            }
            journal.subList(journal.size() - 2, journal.size()).clear(); // the change and its reversal
        }
    }

    /** Forgets all marks. */
    void commit() {
        journal.clear();
    }

    void clear() {
        inputs.clear();
        positions.clear();
        journal.clear();
    }
}
