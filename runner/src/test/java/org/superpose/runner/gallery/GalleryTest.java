package org.superpose.runner.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.Superpose;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.frontier.FrontierRow;
import org.superpose.runner.report.Browser;

/** The site, its links, and its pages in a browser; the parts with a browser are skipped where there is no Chromium. */
class GalleryTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path source;
    private Path site;

    /** An experiment of which only id and title are asked. */
    private static final class Named implements Experiment {
        @Override
        public String id() {
            return "named";
        }

        @Override
        public String title() {
            return "Is it <named>?";
        }

        @Override
        public String expectedDuration() {
            return "none";
        }

        @Override
        public List<String> columns() {
            return List.of();
        }

        @Override
        public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
            return List.of();
        }
    }

    @BeforeEach
    void writeDocumentation() throws IOException {
        source = Files.createDirectories(folder.resolve("source"));
        site = folder.resolve("site");
        Files.createDirectories(source.resolve("docs/frontier"));
        Files.writeString(source.resolve("README.md"), """
                # The project

                Read [the guide](docs/guide.md#second-part), or [the code](src/Main.java).
                """);
        Files.writeString(source.resolve("docs/guide.md"), """
                # A guide

                ![a figure](figure.png) and [back](../README.md), [data](data.json), [elsewhere](https://example.org/).

                ## Second part

                | a | b |
                |---|---|
                | 1 | <script>alert(1)</script> |

                The walrus is only here.
                """);
        Files.write(source.resolve("docs/figure.png"), new byte[] {1});
        Files.writeString(source.resolve("docs/data.json"), "{}");
    }

    private List<String> write() {
        return new Gallery(source, site, said -> {}).finish(List.of(new Named()));
    }

    @Test
    void theDocumentationIsRenderedWithItsLinksAndWhatTheyLeadTo() throws IOException {
        assertEquals(List.of(), write());
        String readme = Files.readString(site.resolve("README.html"));
        assertTrue(readme.contains(" href=\"docs/guide.html#second-part\">the guide</a>"), readme);
        assertTrue(readme.contains("or the code."), readme);
        String guide = Files.readString(site.resolve("docs/guide.html"));
        assertTrue(guide.contains("<h2 id=\"second-part\">"), guide);
        assertTrue(guide.contains("href=\"../README.html\"") && guide.contains("href=\"../site.css\""), guide);
        assertTrue(
                Files.readString(site.resolve("search-index.js")).contains("\"docs/guide.html#second-part\""),
                "the search leads to the heading");
        assertTrue(guide.contains("<td>1</td>") && !guide.contains("<script>alert"), guide);
        assertTrue(Files.exists(site.resolve("docs/figure.png")) && Files.exists(site.resolve("docs/data.json")));
        String index = Files.readString(site.resolve("index.html"));
        assertTrue(index.contains("<a href=\"docs/guide.html\">A guide</a>"), index);
        assertTrue(index.contains("Is it &lt;named&gt;?"), index);
    }

    @Test
    void theJavadocOfAModuleIsPartOfTheSiteWithItsLinksFollowed() throws IOException {
        assertEquals(List.of(), write());
        String without = Files.readString(site.resolve("api.html"));
        assertTrue(without.contains("mvn -Prelease -DskipTests package") && !without.contains("api/"), without);
        assertTrue(Files.readString(site.resolve("docs/guide.html")).contains(" href=\"../api.html\">API</a>"));

        Path module = Files.createDirectories(source.resolve("kernel"));
        Files.writeString(
                module.resolve("pom.xml"),
                "<project><parent><description>no</description></parent><description>Sums &amp; more.</description>"
                        + "</project>");
        javadoc(module, "old", "<a href=\"gone.html\">");
        Files.setLastModifiedTime(module.resolve("target/old-javadoc.jar"), FileTime.fromMillis(0));
        javadoc(module, "new", "<a href=\"a/B.html#%3Cinit%3E(int)\">B</a><a href=\"a/B.html#no\">B</a>");
        assertEquals(List.of("api/kernel/index.html: a/B.html#no"), write());
        String with = Files.readString(site.resolve("api.html"));
        assertTrue(with.contains("<a href=\"api/kernel/index.html\">kernel</a>"), with);
        assertTrue(with.contains("Sums &amp; more."), with);
        assertFalse(Files.exists(site.resolve("api/kernel/META-INF")));
    }

    private static void javadoc(Path module, String name, String index) throws IOException {
        Path archive = Files.createDirectories(module.resolve("target")).resolve(name + "-javadoc.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String[] file : new String[][] {
                {"META-INF/MANIFEST.MF", ""}, {"index.html", index}, {"a/B.html", "<section id=\"&lt;init&gt;(int)\">"}
            }) {
                zip.putNextEntry(new ZipEntry(file[0]));
                zip.write(file[1].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void theTableOfASuiteIsAPageThatTheIndexLinksTo() throws IOException {
        Path suite = Files.createDirectories(folder.resolve("suite"));
        Gallery gallery = new Gallery(source, site, said -> {});
        InvalidInputException none = assertThrows(InvalidInputException.class, () -> gallery.addSuite(suite));
        assertTrue(none.getMessage().contains("leaderboard.md"), none.getMessage());
        Files.writeString(
                suite.resolve("leaderboard.md"), "# suite\n\n| network | mcc |\n|---|---|\n| k-and-3 | 0.653 |\n");
        gallery.addSuite(suite);
        assertEquals(List.of(), gallery.finish(List.of(new Named())));
        assertTrue(Files.readString(site.resolve("suite.html")).contains("<td>0.653</td>"));
        assertTrue(Files.readString(site.resolve("index.html")).contains("<a href=\"suite.html\">"));
    }

    @Test
    void linksThatLeadNowhereAreNamed() throws IOException {
        Files.writeString(
                source.resolve("docs/wrong.md"),
                "# Wrong\n\n[gone](#no-such-place) and [a part](guide.md#third-part)\n");
        assertEquals(List.of("docs/wrong.html: #no-such-place", "docs/wrong.html: guide.html#third-part"), write());
        Files.delete(site.resolve("docs/data.json"));
        assertTrue(SiteLinks.broken(site).contains("docs/guide.html: data.json"));
    }

    @Test
    void aFolderWithoutDocumentationIsRefused() {
        Path empty = folder.resolve("empty");
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> new Gallery(empty, site, said -> {}).finish(List.of()));
        assertTrue(refused.getMessage().contains("--source names the folder"), refused.getMessage());
    }

    @Tag("slow")
    @Test
    void aBrowserShowsTheIndexTheSearchANetworkAReportAndTheSuite() throws IOException, InterruptedException {
        Optional<Path> chromium = Browser.find();
        assumeTrue(
                chromium.isPresent(), "skipped: there is no chromium on the path (Debian: apt-get install chromium)");
        Path certificates = Path.of("..", "docs", "frontier", "bigrams-gpl3.json");
        Files.copy(certificates, source.resolve("docs/frontier/bigrams-gpl3.json"));
        Gallery gallery = new Gallery(source, site, said -> {});
        try (Superpose superpose = Superpose.builder().threads(2).build()) {
            gallery.addNetworks(
                    FrontierRow.named("bigrams-gpl3"),
                    superpose.workbench(),
                    VerificationBudget.unlimited().withThreads(2));
            superpose
                    .experiment("theorem-3-2")
                    .set("sizes", "16,32")
                    .out(folder.resolve("bound"))
                    .run();
        }
        gallery.addReport(folder.resolve("bound"));
        Path suite = Files.createDirectories(folder.resolve("suite"));
        Files.writeString(suite.resolve("leaderboard.md"), "| network | mcc |\n|---|---|\n| k-and-3 | 0.653 |\n");
        gallery.addSuite(suite);
        assertEquals(List.of(), gallery.finish(List.of(new Named())));
        try (Browser browser = Browser.start(chromium.get(), folder.resolve("profile"), 1200, 900)) {
            browser.open(site.resolve("index.html"), "document.readyState === 'complete'");
            assertEquals(
                    "networks/bigrams-gpl3.html",
                    browser.evaluate("document.querySelector('#networks ~ .scroll a').getAttribute('href')")
                            .textValue());
            browser.open(site.resolve("search.html"), "document.readyState === 'complete'");
            browser.evaluate("(() => { const query = document.getElementById('query'); query.value = 'walrus';"
                    + " query.dispatchEvent(new Event('input')); })()");
            JsonNode links = browser.evaluate(
                    "[...document.querySelectorAll('#results a')].map(a => [a.textContent, a.getAttribute('href')])");
            assertEquals("[[\"A guide: Second part\",\"docs/guide.html#second-part\"]]", links.toString());
            browser.open(site.resolve("networks/bigrams-gpl3.html"), "window.explorer !== undefined");
            browser.evaluate("location.hash = '#on=free,software'");
            browser.evaluate("new Promise(resolve => { const look = () => document.querySelector('#active').textContent"
                    + ".includes('free') ? resolve(true) : setTimeout(look, 20); look(); })");
            assertTrue(browser.evaluate("document.querySelector('#outputs').textContent")
                    .textValue()
                    .contains("free·software"));
            assertTrue(browser.evaluate("document.querySelector('#figures').textContent")
                    .textValue()
                    .contains("VERIFIED on all 1,011,030 inputs"));
            browser.open(
                    site.resolve("reports/bound.html"),
                    "window.plots !== undefined && Object.keys(window.plots).length > 0"
                            + " && Object.keys(window.plots).length"
                            + " === document.querySelectorAll('#plots figure').length");
            assertTrue(browser.evaluate("document.querySelectorAll('#table tbody tr').length")
                            .intValue()
                    > 2);
            browser.open(site.resolve("suite.html"), "document.readyState === 'complete'");
            assertEquals(
                    "k-and-3",
                    browser.evaluate("document.querySelector('td').textContent").textValue());
            for (int width : List.of(360, 1200)) {
                browser.call(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 740, "deviceScaleFactor", 1, "mobile", true));
                browser.open(site.resolve("docs/guide.html"), "document.readyState === 'complete'");
                assertEquals(
                        width,
                        browser.evaluate("document.documentElement.scrollWidth").intValue());
            }
            assertEquals(
                    List.of(),
                    browser.complaints().stream()
                            .filter(each -> !each.contains("figure.png"))
                            .toList());
            assertTrue(
                    browser.requests().stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")),
                    browser.requests().toString());
        }
    }
}
