package org.superpose.runner.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.interop.dataset.SampleProfile;
import org.superpose.interop.dataset.SampleProfile.Frequencies;

class ProfileFileTest {
    @Test
    void everyKeyIsRead() {
        SampleProfile profile = ProfileFile.parse("p.yaml", """
                gates: {min: 1, max: 2}
                features: 3
                frequencies: {gates: {zipf: 0.5}, features: [1, 2.5]}
                correlation: {rank: 8, scale: 2}
                hierarchy: {branching: 4, depth: 3, exclusive: true}
                magnitudes: {mean: 2, deviation: 0.25}
                noise: 0.05
                rotation: true
                beyond-domain: allow
                """);
        assertEquals(new SampleProfile.Range(1, 2), profile.gates());
        assertEquals(new SampleProfile.Range(3, 3), profile.features());
        assertEquals(new Frequencies.Zipf(0.5), profile.gateFrequencies());
        assertArrayEquals(new double[] {1, 2.5}, ((Frequencies.Given) profile.featureFrequencies()).weights());
        assertEquals(Optional.of(new SampleProfile.Correlation(8, 2)), profile.correlation());
        assertEquals(Optional.of(new SampleProfile.Hierarchy(4, 3, true)), profile.hierarchy());
        assertEquals(Optional.of(new SampleProfile.Magnitudes(2, 0.25)), profile.magnitudes());
        assertEquals(0.05, profile.noise());
        assertTrue(profile.rotates() && profile.isBeyondDomain());
    }

    @Test
    void whatIsLeftOutIsOneGateWithNothingAdded() {
        assertEquals(SampleProfile.oneGate(), ProfileFile.parse("p.json", "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gate: 1|p.yaml line 1: there is no key \"gate\" here; did you mean \"gates\"",
                "gates: {min: 2, max: 1}|line 1: gates runs from 2 to 1, which is nothing",
                "gates: -1|line 1: gates \"-1\" must be a whole number from 0 to 10000",
                "correlation: {rank: 8}|line 1: the key scale is missing: a number from 0",
                "beyond-domain: yes|line 1: beyond-domain must be allow or refuse, not \"yes\"",
                "frequencies: {zipf: 1, gates: [1, 2]}|zipf is given for all, and gates too: drop one of them",
                "frequencies: {features: [0, 0]}|line 1: given frequencies must be numbers from 0, and not all 0",
                "rotation: 1|line 1: rotation must be true or false, not \"1\"",
                "noise: much|line 1: noise \"much\" must be a number"
            })
    void aProfileThatCannotBeMeantIsRefusedWithItsLine(String text, String expected) {
        InvalidInputException fault =
                assertThrows(InvalidInputException.class, () -> ProfileFile.parse("p.yaml", text + "\n"));
        assertTrue(fault.getMessage().contains(expected), fault.getMessage());
    }
}
