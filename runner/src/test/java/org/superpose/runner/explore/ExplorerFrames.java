package org.superpose.runner.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.report.Browser;

/**
 * Measures how smooth pages of networks are in the Chromium of this machine. No test: the name keeps it out of the
 * build, and it says what it measured instead of judging it. See docs/explore.md for the command.
 */
@EnabledIfSystemProperty(named = ExplorerFrames.PAGES, matches = ".+")
class ExplorerFrames {
    /** System property: pages that {@code superpose explore} wrote, with commas between them. */
    static final String PAGES = "superpose.explorer.pages";

    private static final int FRAMES = 120;

    /** What a person does over and over. */
    private static final String ACTS = """
            (() => {
              const search = document.getElementById("search");
              const letters = explorer.net.inputName(0).normalize("NFD").replace(/[^a-z0-9]/gi, "").slice(0, 1) || "1";
              window.acts = {
                "a random input": () => document.getElementById("random").click(),
                "an input that turns an output on": () => document.getElementById("hit").click(),
                "a row chosen": k => explorer.choose({kind: "row", t: 1, r: k % explorer.net.layers[0].rows}),
                "a row switched off": k => explorer.toggleOff(1, k % explorer.net.layers[0].rows),
                "a letter typed": () => { search.value = letters; search.dispatchEvent(new Event("input")); },
              };
              return Object.keys(acts);
            })()""";

    /** Does it once in each frame; gives the times from one frame to the next in milliseconds, ascending. */
    private static final String REPEAT = """
            (async act => {
              const frame = () => new Promise(requestAnimationFrame);
              const times = [];
              let before = await frame();
              for (let k = 0; k < %d; k++) {
                act(k);
                const now = await frame();
                times.push(now - before);
                before = now;
              }
              return times.sort((a, b) => a - b);
            })(acts[%s])""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void sayHowLongTheFramesOfPagesAre() throws IOException, InterruptedException {
        Path chromium = Browser.find().orElseThrow(() -> new IOException("there is no chromium on the path"));
        for (String name : System.getProperty(PAGES).split(",")) {
            Path page = Path.of(name).toAbsolutePath();
            try (Browser browser = Browser.start(chromium, folder.resolve("profile"), 1400, 900)) {
                long start = System.nanoTime();
                browser.open(page, "window.explorer !== undefined");
                System.out.printf(
                        Locale.ROOT,
                        "%s: %,d inputs, %,d bytes, open after %.1f s%n",
                        page.getFileName(),
                        browser.evaluate("explorer.net.inputs").longValue(),
                        Files.size(page),
                        (System.nanoTime() - start) / 1e9);
                // Processor time, not the clock: what other programs take is not the page's.
                browser.call("Performance.enable", Map.of("timeDomain", "threadTicks"));
                for (JsonNode act : browser.evaluate(ACTS)) {
                    browser.evaluate(REPEAT.formatted(10, act));
                    double busy = busySeconds(browser);
                    JsonNode times = browser.evaluate(REPEAT.formatted(FRAMES, act));
                    busy = busySeconds(browser) - busy;
                    System.out.printf(
                            Locale.ROOT,
                            "  %-34s busy %5.1f ms a frame; from frame to frame %5.1f ms (95 %%: %5.1f)%n",
                            act.textValue(),
                            1000 * busy / FRAMES,
                            times.get(FRAMES / 2).doubleValue(),
                            times.get(FRAMES * 95 / 100).doubleValue());
                }
            }
        }
    }

    /** The processor time of the page's main thread: scripts, styles, layout and painting. */
    private static double busySeconds(Browser browser) throws IOException, InterruptedException {
        for (JsonNode metric : browser.call("Performance.getMetrics", Map.of()).get("metrics")) {
            if (metric.get("name").textValue().equals("TaskDuration")) {
                return metric.get("value").doubleValue();
            }
        }
        throw new IOException("the browser does not measure its tasks");
    }
}
