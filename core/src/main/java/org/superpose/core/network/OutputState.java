package org.superpose.core.network;

/** What a decoder says of an output. */
public enum OutputState {
    /** The output is on. */
    ON,
    /** The output is off. */
    OFF,
    /** The logit lies between two thresholds: the output is neither on nor off, and wrong whatever it should be. */
    BETWEEN;

    /** In words: on, off, or between its thresholds. */
    public String words() {
        return switch (this) {
            case ON -> "on";
            case OFF -> "off";
            case BETWEEN -> "between its thresholds";
        };
    }

    /** On or off. */
    public static OutputState of(boolean isOn) {
        return isOn ? ON : OFF;
    }
}
