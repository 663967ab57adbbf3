package org.superpose.runner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.experiment.ReportPlot;

/** A report's page as a browser shows it; skipped where there is no Chromium. */
@Tag("slow")
class ReportInBrowserTest {
    private static final String LOADED = "document.readyState === 'complete' && window.plots !== undefined"
            + " && Object.keys(window.plots).length === document.querySelectorAll('#plots figure').length";

    /** The first text of a plot that reaches beyond the plot's left or right edge, or nothing. */
    private static final String CUT_OFF = "(() => { for (const svg of document.querySelectorAll('#plots svg')) {"
            + " const edge = svg.getBoundingClientRect();"
            + " for (const text of svg.querySelectorAll('text')) { const place = text.getBoundingClientRect();"
            + " if (place.left < edge.left - 1 || place.right > edge.right + 1) return text.textContent + ': '"
            + " + Math.round(place.left) + ' to ' + Math.round(place.right)"
            + " + ' in ' + Math.round(edge.left) + ' to ' + Math.round(edge.right); } }"
            + " return ''; })()";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path chromium;

    @BeforeEach
    void findBrowser() {
        Optional<Path> found = Browser.find();
        assumeTrue(found.isPresent(), "skipped: there is no chromium on the path (Debian: apt-get install chromium)");
        chromium = found.get();
    }

    private Path page() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        SampleResults.store(results, SampleResults.rich());
        Path page = folder.resolve("report.html");
        Report.of(List.of(results)).writePage(page);
        return page;
    }

    private Browser browser(int width, int height) throws IOException, InterruptedException {
        return Browser.start(chromium, folder.resolve("profile"), width, height);
    }

    private static List<String> column(Browser browser, String name) throws IOException, InterruptedException {
        List<String> cells = new ArrayList<>();
        for (JsonNode cell :
                browser.evaluate("(() => { const heads = [...document.querySelectorAll('#table thead th')];"
                        + " const at = heads.findIndex(h => h.querySelector('input')?.dataset.column === '" + name
                        + "');"
                        + " return [...document.querySelectorAll('#table tbody tr')]"
                        + ".map(r => r.cells[at].textContent); })()")) {
            cells.add(cell.textValue());
        }
        return cells;
    }

    /** Counts are written in groups of three digits. */
    private static int number(String cell) {
        return Integer.parseInt(cell.replace(",", ""));
    }

    private static void click(Browser browser, String column) throws IOException, InterruptedException {
        browser.evaluate("document.querySelector('#table input[data-column=" + column
                + "]').parentElement.querySelector('button').click()");
    }

    private static void filter(Browser browser, String column, String text) throws IOException, InterruptedException {
        browser.evaluate("(() => { const input = document.querySelector('#table input[data-column=" + column
                + "]'); input.value = '" + text + "'; input.dispatchEvent(new Event('input')); })()");
    }

    private static String text(Browser browser, String id) throws IOException, InterruptedException {
        return browser.evaluate("document.getElementById('" + id + "').textContent")
                .textValue();
    }

    @Test
    void everyPlotIsDrawnTheTableSortsAndFiltersAndTheConsoleIsSilent() throws IOException, InterruptedException {
        try (Browser browser = browser(1400, 1000)) {
            browser.open(page(), LOADED);
            JsonNode marks = browser.evaluate("[...document.querySelectorAll('#plots figure')].map(f =>"
                    + " [f.id, f.querySelectorAll('.mark-symbol.role-mark path').length])");
            assertEquals(ReportPlot.values().length, marks.size());
            for (JsonNode plot : marks) {
                assertTrue(plot.get(1).intValue() >= 7, plot.toString());
            }

            int rows = SampleResults.rich().size();
            assertEquals(rows + " of " + rows + " rows", text(browser, "shown"));
            click(browser, "width");
            List<String> ascending = column(browser, "width");
            List<String> sorted = new ArrayList<>(ascending);
            sorted.sort(Comparator.comparingInt(ReportInBrowserTest::number));
            assertEquals(sorted, ascending);
            click(browser, "width");
            assertTrue(
                    number(column(browser, "width").get(0)) > number(ascending.get(0)),
                    "the second click sorts the other way");

            filter(browser, "verdict", "refuted");
            filter(browser, "outputs", "256..1024");
            List<String> outputs = column(browser, "outputs");
            assertEquals(3 * 5, outputs.size());
            assertTrue(outputs.stream().allMatch(List.of("256", "512", "1,024")::contains), outputs.toString());
            browser.evaluate("document.getElementById('clear').click()");
            assertEquals(rows + " of " + rows + " rows", text(browser, "shown"));

            int shown = browser.evaluate("document.querySelectorAll('#table thead th').length")
                    .intValue();
            browser.evaluate("document.querySelector('#chooser input').click()");
            assertEquals(
                    shown - 1,
                    browser.evaluate("document.querySelectorAll('#table thead th').length")
                            .intValue(),
                    "a column that is not chosen is not there");
            assertEquals(
                    List.of(),
                    column(browser, "width").stream().filter(String::isEmpty).toList());
            browser.evaluate("document.querySelector('#chooser input').click()");
            assertEquals(
                    "verdict",
                    browser.evaluate("document.querySelector('#table thead th input').dataset.column")
                            .textValue());

            browser.evaluate("document.querySelector('#table tbody tr td button').click()");
            assertEquals("superpose run sample --seed 1 --unit 2", text(browser, "command"));

            assertEquals(List.of(), browser.complaints());
            assertTrue(
                    browser.requests().stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")),
                    browser.requests().toString());
        }
    }

    @Test
    void aPointOfAPlotLeadsToItsCommandAndRow() throws IOException, InterruptedException {
        try (Browser browser = browser(1400, 1000)) {
            browser.open(page(), LOADED);
            JsonNode place = browser.evaluate("(() => { const mark ="
                    + " document.querySelector('#limit-ratio .mark-symbol.role-mark path');"
                    + " mark.scrollIntoView({block: 'center'}); const box = mark.getBoundingClientRect();"
                    + " return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()");
            for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
                browser.call(
                        "Input.dispatchMouseEvent",
                        Map.of(
                                "type",
                                type,
                                "x",
                                place.get("x").doubleValue(),
                                "y",
                                place.get("y").doubleValue(),
                                "button",
                                type.equals("mouseMoved") ? "none" : "left",
                                "clickCount",
                                1));
            }
            browser.evaluate("new Promise(resolve => { const look = () => document.getElementById('reproduce').hidden"
                    + " ? setTimeout(look, 20) : resolve(true); look(); })");
            assertTrue(text(browser, "command").startsWith("superpose run sample --seed 1 --unit "));
            browser.evaluate("document.getElementById('goto').click()");
            assertEquals(
                    text(browser, "which"),
                    "Row "
                            + browser.evaluate("document.querySelector('tr.chosen td button').textContent")
                                    .textValue());
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreen() throws IOException, InterruptedException {
        try (Browser browser = browser(1000, 800)) {
            browser.call(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
            browser.open(page(), LOADED);
            assertEquals(
                    360,
                    browser.evaluate("document.documentElement.scrollWidth").intValue());
            assertEquals("", browser.evaluate(CUT_OFF).textValue());
            assertEquals(List.of(), browser.complaints());
        }
    }
}
