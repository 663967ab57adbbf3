package org.superpose.runner.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.superpose.core.Reference.Standing;

/** Every result of the paper has a class, and the page that names it is up to date. */
class PaperMapTest {
    private static final Path PAGE = Path.of("..", "docs", "paper-map.md");
    private static final PaperMap MAP = PaperMap.scan();

    @Test
    void everyNamedResultHasAClass() {
        assertEquals(
                List.of(),
                PaperResult.ALL_RESULTS.stream()
                        .map(PaperResult::name)
                        .filter(name -> !MAP.hasClass(name))
                        .toList());
    }

    @Test
    void everyResultThatCanBeShownHasAnExperiment() {
        assertEquals(
                List.of(),
                PaperResult.ALL_RESULTS.stream()
                        .filter(PaperResult::shown)
                        .map(PaperResult::name)
                        .filter(name -> !MAP.hasExperiment(name))
                        .toList());
    }

    @Test
    void noClassRefersToAResultOfThePaperThatDoesNotExist() {
        List<String> known =
                PaperResult.ALL_RESULTS.stream().map(PaperResult::name).toList();
        assertEquals(
                List.of(),
                MAP.names().stream()
                        .filter(name -> !MAP.standings(name).equals(Set.of(Standing.OURS)) && !MAP.hasOtherSource(name))
                        .filter(name -> !known.contains(name))
                        .toList());
    }

    @Test
    void everyResultStandsInAllItsClassesAsOnThePage() {
        assertEquals(
                List.of(),
                PaperResult.ALL_RESULTS.stream()
                        .filter(result -> !MAP.standings(result.name()).equals(Set.of(result.standing())))
                        .map(result -> result.name() + " " + MAP.standings(result.name()))
                        .toList());
        assertEquals(
                List.of(),
                MAP.names().stream()
                        .filter(name -> MAP.standings(name).size() != 1)
                        .toList());
    }

    @Test
    void sectionsOfOurPagesAreNotShownAsThePapers() {
        assertEquals(
                List.of(),
                MAP.names().stream()
                        .filter(name -> name.matches("(?i).*\\bsection\\b.*"))
                        .toList());
    }

    @Test
    void thePageIsWhatTheAnnotationsSay() throws IOException {
        if (Boolean.getBoolean("superpose.paper-map.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, MAP.page());
        }
        assertTrue(Files.exists(PAGE), PAGE + " is missing");
        assertEquals(MAP.page(), Files.readString(PAGE).replace("\r\n", "\n"), "renew the page as its head says");
    }

    @Test
    void everyLinkOfThePageLeadsToAFile() {
        Matcher links = Pattern.compile("\\]\\((\\.\\./[^)]+)\\)").matcher(MAP.page());
        List<Path> broken = new ArrayList<>();
        int count = 0;
        while (links.find()) {
            count++;
            Path target = PAGE.getParent().resolve(links.group(1)).normalize();
            if (!Files.exists(target)) {
                broken.add(target);
            }
        }
        assertTrue(count > PaperResult.ALL_RESULTS.size() / 2, "the page has links");
        assertEquals("", broken.stream().map(Path::toString).collect(Collectors.joining("\n")));
    }
}
