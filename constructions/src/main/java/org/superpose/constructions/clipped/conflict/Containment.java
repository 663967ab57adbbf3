package org.superpose.constructions.clipped.conflict;

import java.util.Arrays;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.Codes;

/**
 * Which hidden rows contain the whole codes of which features (theory, section 7.2), and what the wiring's last change
 * made of it; the form in which it is held is left open. Mutable.
 */
abstract class Containment {
    private final ChannelWiring wiring;
    private final Codes codes;
    private final Codes.Inverse featuresOfColumn;
    private final boolean[] isChanged;
    private int[] changed = new int[64];
    private int changedCount;

    Containment(ChannelWiring wiring) {
        this.wiring = wiring;
        this.codes = wiring.inputCodes();
        this.featuresOfColumn = codes.inverse();
        this.isChanged = new boolean[codes.features()];
    }

    /** Whether a row contains the code of a feature, as far as changes were followed. */
    abstract boolean contains(int row, int feature);

    /** Adds a row to those of a feature, or takes it out. */
    abstract void flip(int row, int feature);

    /** Follows the wiring's last change of a row; the features that gained or lost the row are the changed ones. */
    void update(int row) {
        for (int t = 0; t < changedCount; t++) {
            isChanged[changed[t]] = false;
        }
        changedCount = 0;
        boolean isRemoval = wiring.changedFirstCount() > 0 && !wiring.hasFirst(row, wiring.changedFirst(0));
        for (int t = 0; t < wiring.changedFirstCount(); t++) {
            int column = wiring.changedFirst(t);
            for (int u = 0; u < featuresOfColumn.load(column); u++) {
                int feature = featuresOfColumn.feature(column, u);
                // A feature in the row loses it with any entry of its code, so only what the row lacks needs a look.
                if (isRemoval ? contains(row, feature) : !contains(row, feature) && hasCode(row, feature)) {
                    flip(row, feature);
                    add(feature);
                }
            }
        }
    }

    private boolean hasCode(int row, int feature) {
        for (int u = 0; u < codes.weight(feature); u++) {
            if (!wiring.hasFirst(row, codes.neuron(feature, u))) {
                return false;
            }
        }
        return true;
    }

    private void add(int feature) {
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changedCount);
        }
        changed[changedCount++] = feature;
        isChanged[feature] = true;
    }

    /** How many features gained or lost the row of the last change. */
    int changedCount() {
        return changedCount;
    }

    /** The {@code t}-th of the features that gained or lost the row of the last change. */
    int changed(int t) {
        return changed[t];
    }

    /** Whether the row of the last change, a removal, contained all features of an input before. */
    boolean containedBefore(int row, FeatureSet input) {
        for (int t = 0; t < input.size(); t++) {
            if (!contains(row, input.get(t)) && !isChanged[input.get(t)]) {
                return false;
            }
        }
        return true;
    }
}
