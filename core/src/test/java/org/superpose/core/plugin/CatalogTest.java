package org.superpose.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;

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
        Named known = new Named("two-and");
        assertSame(known, Catalog.of("problem", List.of(known)).require("two-and"));
        assertEquals(
                "there is no problem \"x\"",
                assertThrows(
                                InvalidInputException.class,
                                () -> Catalog.of("problem", List.of()).require("x"))
                        .getMessage());
    }

    @Test
    void aNameIsNearWhenHalfOfItsLettersAreRight() {
        List<String> known = List.of("permutation", "abcdef");
        assertEquals("; did you mean \"abcdef\"?", NearestName.suggestion("ABCxyz", known));
        assertEquals("; known are abcdef, permutation", NearestName.suggestion("abwxyz", known));
        assertEquals("; known are ab", NearestName.suggestion("abxyz", List.of("ab")));
        assertEquals("; did you mean \"b\"?", NearestName.suggestion("a", List.of("c", "b")));
        assertEquals("; did you mean \"ab\"?", NearestName.suggestion("", List.of("ab", "abc")));
    }

    @Test
    void twoPluginsWithOneIdAreAnErrorThatNamesBoth() {
        InvalidInputException clash = assertThrows(
                InvalidInputException.class,
                () -> Catalog.of("problem", List.of(new Named("same"), new Named("same"))));
        String place = Named.class.getName() + " in " + PluginOrigin.of(Named.class);
        assertEquals("two plugins have the problem id \"same\": " + place + " and " + place, clash.getMessage());
    }

    @Test
    void pluginsAreListedById() {
        Catalog<Named> catalog = Catalog.of("problem", List.of(new Named("b"), new Named("a")));
        assertEquals(
                List.of("a", "b"), catalog.plugins().stream().map(Named::id).toList());
    }

    /** Tells whom it chooses among; a broken one comes back as another plugin, or not at all. */
    private record Choosing(String id, List<String> choice, String comesBackAs)
            implements Plugin, ChoosesAmong<Plugin> {
        Choosing(String id) {
            this(id, List.of(), id);
        }

        @Override
        public String title() {
            return "the best of " + choice;
        }

        @Override
        public Plugin choosingAmong(Catalog<Plugin> catalog) {
            if (comesBackAs.isEmpty()) {
                throw new IllegalStateException("no choice");
            }
            return new Choosing(
                    comesBackAs, catalog.plugins().stream().map(Plugin::id).toList(), comesBackAs);
        }
    }

    @Test
    void pluginsThatChooseAmongOthersAreGivenAllThatDoNotChooseThemselves() {
        Choosing alone = new Choosing("best");
        Catalog<Plugin> catalog =
                Catalog.of("problem", List.of(new Named("b"), alone, new Choosing("another"), new Named("a")));
        assertEquals("the best of [a, b]", catalog.require("best").title());
        assertEquals("the best of [a, b]", catalog.require("another").title());
        assertEquals("the best of []", alone.title());
        assertEquals(List.of(), catalog.failures());
        Catalog<Plugin> replaced = catalog.replacing(plugin -> plugin.id().equals("b") ? new Named("c") : plugin);
        assertEquals("the best of [a, c]", replaced.require("best").title());
        assertEquals("the best of [a, b]", catalog.require("best").title());
    }

    @Test
    void aPluginThatCannotChooseIsLeftOutAndReported() {
        Catalog<Plugin> catalog = Catalog.of(
                "problem",
                List.of(
                        new Choosing("broken", List.of(), ""),
                        new Choosing("changing", List.of(), "changed"),
                        new Choosing("sound"),
                        new Named("a")));
        assertEquals(
                List.of("a", "sound"),
                catalog.plugins().stream().map(Plugin::id).toList());
        String place = "the problem plugin " + Choosing.class.getName() + " in " + PluginOrigin.of(Choosing.class)
                + " cannot choose among others: java.lang.IllegalStateException: ";
        assertEquals(
                List.of(
                        place + "no choice",
                        place + "it came back as another plugin, " + Choosing.class.getName()
                                + " with the id \"changed\""),
                catalog.failures());
    }
}
