package org.superpose.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;

class CatalogTest {
    private record Named(String id) implements Plugin {
        @Override
        public String title() {
            return "a plugin called " + id;
        }
    }

    @Test
    void anUnknownIdIsRefusedWithTheNearestKnownOne() {
        Catalog<Named> catalog = Catalog.of("problem", List.of(new Named("two-and"), new Named("permutation")));
        InvalidInputException typo = assertThrows(InvalidInputException.class, () -> catalog.require("tow-and"));
        assertEquals("there is no problem \"tow-and\"; did you mean \"two-and\"?", typo.getMessage());
        InvalidInputException alien = assertThrows(InvalidInputException.class, () -> catalog.require("x"));
        assertTrue(alien.getMessage().endsWith("known are permutation, two-and"), alien.getMessage());
    }

    @Test
    void twoPluginsWithOneIdAreAnErrorThatNamesBoth() {
        InvalidInputException clash = assertThrows(
                InvalidInputException.class,
                () -> Catalog.of("problem", List.of(new Named("same"), new Named("same"))));
        assertTrue(clash.getMessage().contains("\"same\""), clash.getMessage());
        assertTrue(clash.getMessage().contains(" and "), clash.getMessage());
    }

    @Test
    void pluginsAreListedById() {
        Catalog<Named> catalog = Catalog.of("problem", List.of(new Named("b"), new Named("a")));
        assertEquals(
                List.of("a", "b"), catalog.plugins().stream().map(Named::id).toList());
    }
}
