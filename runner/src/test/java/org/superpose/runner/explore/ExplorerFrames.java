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

    /**
     * What a person does over and over, once in each frame: {@code work} is the time that the page takes for it, layout
     * included, {@code frames} the time from one frame to the next.
     */
    private static final String MEASURE = """
            (async () => {
              const FRAMES = 120;
              const frame = () => new Promise(requestAnimationFrame);
              const search = document.getElementById("search");
              const letters = explorer.net.inputName(0).normalize("NFD").replace(/[^a-z0-9]/gi, "").slice(0, 1) || "1";
              const acts = {
                "a random input": () => document.getElementById("random").click(),
                "an input that turns an output on": () => document.getElementById("hit").click(),
                "a row chosen": k => explorer.choose({kind: "row", t: 1, r: k % explorer.net.layers[0].rows}),
                "a row switched off": k => explorer.toggleOff(1, k % explorer.net.layers[0].rows),
                "a letter typed": () => { search.value = letters; search.dispatchEvent(new Event("input")); },
              };
              const found = {};
              for (const [name, act] of Object.entries(acts)) {
                for (let k = 0; k < 10; k++) { act(k); await frame(); }
                const work = [], frames = [];
                let before = await frame();
                for (let k = 0; k < FRAMES; k++) {
                  const start = performance.now();
                  act(k);
                  document.body.offsetHeight;
                  work.push(performance.now() - start);
                  const now = await frame();
                  frames.push(now - before);
                  before = now;
                }
                const sorted = list => [...list].sort((a, b) => a - b);
                const at = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(share * list.length))];
                found[name] = {work: at(work, 0.5), work95: at(work, 0.95), frame: at(frames, 0.5), frame95: at(frames, 0.95)};
              }
              return found;
            })()""";

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
                for (Map.Entry<String, JsonNode> act : browser.evaluate(MEASURE).properties()) {
                    System.out.printf(
                            Locale.ROOT,
                            "  %-34s work %5.1f ms (95 %%: %5.1f)  frame %5.1f ms (95 %%: %5.1f)%n",
                            act.getKey(),
                            act.getValue().get("work").doubleValue(),
                            act.getValue().get("work95").doubleValue(),
                            act.getValue().get("frame").doubleValue(),
                            act.getValue().get("frame95").doubleValue());
                }
            }
        }
    }
}
