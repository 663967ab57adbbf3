package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.Gates;

/**
 * Finds features all of whose inputs are wrong. Either the gate of some output reads nothing else, and it is wrong
 * whenever that is active; or v outputs of which no two read the same are wrong whenever the feature is active and
 * nothing that they read: beside the feature only v - 1 are active, so one of these outputs has none of its reads.
 */
final class WrongFeatures {
    private final Gates gates;
    private final int maxActive;
    private final boolean[] found;
    /** For each feature, outputs of which no two read the same. */
    private final List<List<int[]>> reads = new ArrayList<>();

    WrongFeatures(InputDomain domain, Gates gates) {
        this.gates = gates;
        this.maxActive = domain.maxActive();
        this.found = new boolean[domain.features()];
        for (int j = 0; j < found.length; j++) {
            reads.add(List.of());
        }
    }

    /** Looks at an output that is wrong on some input with these reads. */
    synchronized void look(int i, AdditiveOutput output, AdditiveOutput.ReadSet set, int sign, long wrongFrom) {
        int[] read = gates.reads(i);
        if (set.active().length == 1 && read.length == 1 && -output.extreme(set, -sign) >= wrongFrom) {
            found[read[0]] = true;
        }
        if (set.active().length > 0) {
            return;
        }
        boolean[] forced = output.forcedBy(set, sign, wrongFrom);
        for (int j = 0; j < forced.length; j++) {
            if (forced[j] && !found[j]) {
                add(j, read);
            }
        }
    }

    private void add(int feature, int[] read) {
        List<int[]> known = reads.get(feature);
        if (known.stream().anyMatch(other -> share(other, read))) {
            return;
        }
        List<int[]> more = new ArrayList<>(known);
        more.add(read);
        reads.set(feature, more);
        found[feature] = more.size() == maxActive;
    }

    private static boolean share(int[] one, int[] other) {
        return Arrays.stream(one).anyMatch(read -> Arrays.stream(other).anyMatch(each -> each == read));
    }

    /** For each feature whether all of its inputs are wrong; a live array. */
    boolean[] features() {
        return found;
    }
}
