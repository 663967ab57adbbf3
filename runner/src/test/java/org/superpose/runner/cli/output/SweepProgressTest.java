package org.superpose.runner.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SweepProgressTest {
    @Test
    void aBarShowsTheEndOfALabelWithoutWhatMovesTheCursor() {
        assertEquals("unit \\u001B[2K\\u000DVERIFIED", SweepProgress.Bars.shortened("unit \u001b[2K\rVERIFIED"));
        assertEquals(36, SweepProgress.Bars.shortened("\u001b".repeat(40)).length());
    }
}
