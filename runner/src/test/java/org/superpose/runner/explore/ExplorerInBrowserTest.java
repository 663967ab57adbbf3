package org.superpose.runner.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Activation;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.OutputState;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.Superpose;
import org.superpose.runner.report.Browser;
import org.superpose.runner.trace.Trace;

/** The explorer's page as a browser shows it; skipped where there is no Chromium. */
@Tag("slow")
class ExplorerInBrowserTest {
    private static final String READY = "window.explorer !== undefined";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORDS = 12;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path chromium;

    @BeforeEach
    void findBrowser() {
        Optional<Path> found = Browser.find();
        assumeTrue(found.isPresent(), "skipped: there is no chromium on the path (Debian: apt-get install chromium)");
        chromium = found.get();
    }

    private Browser browser(int width, int height) throws IOException, InterruptedException {
        return Browser.start(chromium, folder.resolve("profile"), width, height);
    }

    /** Pairs of a first and a second word, each called as in the problem of pairs of a file; w3 is both. */
    private static BuiltNetwork words(int width) throws InterruptedException {
        int[] groups = IntStream.range(0, 2 * WORDS).map(j -> j / WORDS).toArray();
        List<String> inputs = IntStream.range(0, 2 * WORDS)
                .mapToObj(j -> j < WORDS ? "w" + j + "·" : "·w" + (j - WORDS + 3))
                .toList();
        List<Gate> gates = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < 2 * WORDS; i++) {
            int first = i % WORDS;
            int second = WORDS + (i * 5 + i / WORDS) % WORDS;
            gates.add(Gate.of(GateFunction.AND, first, second));
            outputs.add(inputs.get(first).replace("·", "") + inputs.get(second));
        }
        ProblemInstance instance = Problems.define("words")
                .inputs(2 * WORDS)
                .maxActive(2)
                .outputs(gates.size(), gates::get)
                .build()
                .with(InputDomain.grouped(groups, 2))
                .withNames(new FeatureNames(inputs), new FeatureNames(outputs));
        try (Superpose superpose = Superpose.builder().threads(1).build()) {
            return superpose.build(instance, "clipped-and", Map.of("width", width));
        }
    }

    /** Gates of every function, two layers of them, and a network of every kind of layer that knows nothing of them. */
    private static BuiltNetwork anything() {
        RandomGenerator random = new Seed(5).child("anything").generator();
        int m = 16;
        List<GateFunction> functions = List.of(
                GateFunction.AND,
                GateFunction.PARITY,
                GateFunction.atLeast(2),
                GateFunction.exactly(0),
                GateFunction.weighted(1, 2, -1, -1),
                GateFunction.allOf(true, false, false),
                GateFunction.anyOf(false, true, true),
                GateFunction.table(true, false, false, true, false, true, true, false));
        List<Gates> layers = new ArrayList<>();
        for (int g = 0; g < 2; g++) {
            layers.add(Gates.of(
                    m,
                    IntStream.range(0, m)
                            .mapToObj(i -> Gate.of(
                                    functions.get(i % functions.size()),
                                    random.ints(0, m).distinct().limit(3).toArray()))
                            .toList()));
        }
        InputDomain domain = InputDomain.sparse(m, 3);
        ProblemInstance instance = Problems.define("anything")
                .inputs(m)
                .maxActive(3)
                .outputs(m, i -> Gate.of(GateFunction.AND, i))
                .build()
                .with(layers, domain);
        int n = 14;
        float[] diagonal = new float[n];
        float[] bias = new float[n];
        for (int r = 0; r < n; r++) {
            diagonal[r] = random.nextInt(-2, 3) / 2f;
            bias[r] = random.nextInt(-4, 5) / 4f;
        }
        short[] whole = new short[n * n];
        for (int e = 0; e < whole.length; e++) {
            whole[e] = (short) random.nextInt(-300, 300);
        }
        float[] on = new float[m];
        float[] off = new float[m];
        for (int i = 0; i < m; i++) {
            on[i] = random.nextInt(-3, 4);
            off[i] = on[i] - random.nextInt(2);
        }
        SuperposedNetwork network = new SuperposedNetwork(
                Codes.of(
                        n,
                        IntStream.range(0, m)
                                .mapToObj(j -> random.ints(0, n)
                                        .distinct()
                                        .limit(1 + j % 3)
                                        .sorted()
                                        .toArray())
                                .toList()),
                List.of(
                        new Layer(dense(n, n, random), bias),
                        new Layer(new DiagonalMatrix(diagonal), bias, Activation.RELU, OptionalInt.of(0)),
                        Layer.linear(new IntegerMatrix(n, n, whole), bias),
                        new Layer(dense(n, n, random), bias, Activation.RELU, OptionalInt.of(3)),
                        Layer.linear(dense(m, n, random), new float[m])),
                Decoder.readout(on, off),
                domain,
                false,
                new Provenance("anything", Map.of(), 0, Map.of()));
        return new BuiltNetwork(instance, network);
    }

    private static DenseMatrix dense(int rows, int columns, RandomGenerator random) {
        float[] values = new float[rows * columns];
        for (int e = 0; e < values.length; e++) {
            values[e] = random.nextInt(-8, 9) / 8f;
        }
        return new DenseMatrix(rows, columns, values);
    }

    private static BuiltNetwork layered() throws InterruptedException {
        try (Superpose superpose = Superpose.builder().threads(1).build()) {
            RandomGenerator random = new Seed(2).child("layered").generator();
            ProblemInstance instance = Problems.define("layered")
                    .inputs(16)
                    .maxActive(2)
                    .outputs(16, i -> Gate.of(GateFunction.AND, (i * 5 + 1) % 16))
                    .build();
            Gates pairs = Gates.of(
                    16,
                    IntStream.range(0, 20)
                            .mapToObj(i -> Gate.of(
                                    GateFunction.AND,
                                    random.ints(0, 16).distinct().limit(2).toArray()))
                            .toList());
            return superpose.build(
                    instance.with(List.of(instance.gates(), pairs), instance.domain()), "dedicated", Map.of());
        }
    }

    private Path page(String name, BuiltNetwork built) {
        AuditReport report = Audit.of(built).run(VerificationBudget.unlimited(), Optional.empty(), WrongDecisions.NONE);
        Path page = folder.resolve(name + ".html");
        new ExplorerPage(name, built, Optional.of(report)).write(page);
        return page;
    }

    private static String text(Browser browser, String selector) throws IOException, InterruptedException {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .textValue();
    }

    private static void assertQuiet(Browser browser) {
        assertEquals(List.of(), browser.complaints());
        assertTrue(
                browser.requests().stream()
                        .allMatch(url -> url.startsWith("file:") || url.startsWith("data:") || url.startsWith("blob:")),
                browser.requests().toString());
    }

    /** The page's own evaluation of an input beside that of {@link Trace}, which shares no code with it. */
    private static void assertSame(Browser browser, BuiltNetwork built, FeatureSet input)
            throws IOException, InterruptedException {
        Trace trace = Trace.of(built, input);
        JsonNode page = browser.evaluate("(() => { const {net} = explorer; const trace = net.trace("
                + JSON.writeValueAsString(input.toArray()) + "); const last = trace.states[trace.states.length - 1];"
                + " return {truth: trace.truth, rows: trace.rows, outputs: Array.from({length: net.outputs}, (_, i) =>"
                + " { const value = net.value(i, last); return [value, net.stateOf(i, value),"
                + " net.margin(i, value, trace.expected.includes(i))]; }), wrong: trace.outputs.wrong}; })()");
        for (int g = 0; g < trace.truth().size(); g++) {
            assertEquals(
                    IntStream.of(trace.truth().get(g).toArray())
                            .boxed()
                            .toList()
                            .toString(),
                    page.get("truth").get(g).toString().replace(",", ", "));
        }
        for (int t = 0; t < trace.states().size(); t++) {
            List<Trace.ActiveRow> rows = trace.states().get(t);
            assertEquals(rows.size(), page.get("rows").get(t).size(), "state " + t + " of " + input);
            for (int each = 0; each < rows.size(); each++) {
                JsonNode shown = page.get("rows").get(t).get(each);
                assertEquals(rows.get(each).row(), shown.get("row").intValue());
                assertEquals(
                        rows.get(each).value(),
                        shown.get("value").floatValue(),
                        1e-3f * Math.abs(rows.get(each).value()));
                String why = rows.get(each).reason() == Trace.Reason.AT_REST
                        ? "rest"
                        : rows.get(each).reason().name().toLowerCase(Locale.ROOT);
                assertEquals(
                        why,
                        shown.get("why").textValue(),
                        "row " + rows.get(each).row() + " of state " + t);
                if (why.equals("wanted")) {
                    assertEquals(
                            rows.get(each).features().stream()
                                    .map(f -> f.gates() + ":" + f.index())
                                    .sorted()
                                    .toList(),
                            IntStream.range(0, shown.get("features").size())
                                    .mapToObj(f -> shown.get("features").get(f))
                                    .map(f -> f.get("gates") + ":" + f.get("index"))
                                    .sorted()
                                    .toList());
                }
            }
        }
        int wrong = 0;
        for (int i = 0; i < trace.outputs().size(); i++) {
            Trace.OutputRead read = trace.outputs().get(i);
            JsonNode shown = page.get("outputs").get(i);
            assertEquals(read.value(), shown.get(0).doubleValue(), 1e-3 * Math.max(1, Math.abs(read.value())));
            assertEquals(
                    read.state() == OutputState.BETWEEN
                            ? "neither"
                            : read.state().name().toLowerCase(Locale.ROOT),
                    shown.get(1).textValue());
            assertEquals(read.margin(), shown.get(2).doubleValue(), 1e-3 * Math.max(1, Math.abs(read.margin())));
            wrong += read.isRight() ? 0 : 1;
        }
        assertEquals(wrong, page.get("wrong").intValue());
    }

    @Test
    void theNetworkRunsInThePageAsItDoesHereRowByRowAndReasonByReason() throws IOException, InterruptedException {
        RandomGenerator random = new Seed(3).child("inputs").generator();
        try (Browser browser = browser(1400, 1000)) {
            for (BuiltNetwork built : List.of(words(26), anything(), layered())) {
                browser.open(page(built.instance().problem(), built), READY);
                assertSame(browser, built, FeatureSet.EMPTY);
                for (int sample = 0; sample < 40; sample++) {
                    assertSame(browser, built, built.instance().domain().sample(random));
                }
            }
            assertQuiet(browser);
        }
    }

    @Test
    void featuresThatAreTypedLightTheirRowsAndAnOutputThatLosesARowBreaks() throws IOException, InterruptedException {
        BuiltNetwork built = words(30);
        Trace trace = Trace.of(built, FeatureSet.of(built.instance().gates().reads(0)));
        assertTrue(trace.isRight());
        String first =
                built.instance().inputNames().name(built.instance().gates().read(0, 0));
        String second =
                built.instance().inputNames().name(built.instance().gates().read(0, 1));
        String output = built.instance().outputNames().name(0);
        try (Browser browser = browser(1400, 1000)) {
            browser.open(page("words", built), READY);
            assertTrue(text(browser, "#what").contains("24 inputs, 24 outputs"));
            browser.evaluate("document.getElementById('clear').click()");
            for (String word : List.of(first, second)) {
                browser.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))");
                assertEquals(
                        "search", browser.evaluate("document.activeElement.id").textValue());
                browser.call("Input.insertText", Map.of("text", word.replace("·", "")));
                assertTrue(browser.evaluate("document.querySelectorAll('#options li').length > 0")
                        .booleanValue());
                press(browser, "Enter", "\r");
            }
            assertEquals(
                    "[\"" + first + "\",\"" + second + "\"]",
                    browser.evaluate("[...document.querySelectorAll('#active .now')].map(each => each.textContent)")
                            .toString());
            assertTrue(
                    text(browser, "#verdict").contains("right on all 24 outputs; 1 is on"), text(browser, "#verdict"));
            assertEquals(output, text(browser, "#outputs tbody tr td:first-child"));
            assertEquals(
                    "#on=" + encoded(first) + "," + encoded(second),
                    browser.evaluate("location.hash").textValue());

            // What the canvas shows: the wanted rows have the colour of wanted rows in their middle.
            List<Integer> wanted = trace.states().get(1).stream()
                    .filter(row -> row.reason() == Trace.Reason.WANTED)
                    .map(Trace.ActiveRow::row)
                    .toList();
            assertFalse(wanted.isEmpty());
            assertEquals(wanted, painted(browser, "wanted"));
            assertEquals(
                    wanted.size() + " of 30 fire, " + wanted.size() + " wanted", text(browser, "#layer-1 h3 span"));

            // A row of the last state is in the code: without it the output is off.
            int needed = built.network().decoder().codes().code(0)[0];
            browser.evaluate("explorer.choose({kind: 'row', t: 2, r: " + needed + "})");
            browser.evaluate(
                    "[...document.querySelectorAll('#detail button')].find(b => b.textContent === 'Switch off').click()");
            assertTrue(text(browser, "#verdict").contains("wrong on 1 output of 24"), text(browser, "#verdict"));
            assertTrue(text(browser, "#outputs tbody tr.broken").contains("-1 (was 0)"));
            wait(browser, "document.querySelector('#breaks')?.textContent.includes('smallest margin -1.')");
            long served = IntStream.range(0, 24)
                    .filter(i -> IntStream.of(built.network().decoder().codes().code(i))
                            .anyMatch(r -> r == needed))
                    .count();
            assertTrue(
                    text(browser, "#breaks").startsWith(served + " of " + served + " output"),
                    text(browser, "#breaks"));
            assertTrue(browser.evaluate("location.hash")
                    .textValue()
                    .endsWith("&off=2:" + needed + "&see=row:2:" + needed));
            assertQuiet(browser);
        }
    }

    private static String encoded(String name) {
        return name.replace("·", "%C2%B7");
    }

    /** The rows of the first layer in whose middle is the colour of a reason. */
    private static List<Integer> painted(Browser browser, String reason) throws IOException, InterruptedException {
        List<Integer> rows = new ArrayList<>();
        for (JsonNode row : browser.evaluate("(() => { const canvas = document.querySelector('#layer-1 canvas');"
                + " const columns = Math.ceil(30 / Math.ceil(30 / Math.max(1, Math.floor(canvas.clientWidth / 16))));"
                + " const cell = Math.min(24, canvas.clientWidth / columns) * devicePixelRatio;"
                + " const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
                + " const probe = document.createElement('i'); document.body.append(probe);"
                + " probe.style.color = 'var(--" + reason
                + ")'; const colour = getComputedStyle(probe).color; probe.remove();"
                + " return Array.from({length: 30}, (_, row) => row).filter(row => {"
                + " const x = Math.floor((row % columns + .5) * cell), y = Math.floor((Math.floor(row / columns) + .5) * cell);"
                + " const at = 4 * (y * canvas.width + x);"
                + " return colour === `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`; }); })()")) {
            rows.add(row.intValue());
        }
        return rows;
    }

    private static void press(Browser browser, String key, String text) throws IOException, InterruptedException {
        int code = key.equals("Enter") ? 13 : key.equals("ArrowRight") ? 39 : 88;
        for (String type : List.of("keyDown", "keyUp")) {
            browser.call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "text",
                            type.equals("keyDown") ? text : "",
                            "windowsVirtualKeyCode",
                            code));
        }
    }

    private static void wait(Browser browser, String condition) throws IOException, InterruptedException {
        browser.evaluate("new Promise(resolve => { const look = () => " + condition
                + " ? resolve(true) : setTimeout(look, 20); look(); })");
    }

    @Test
    void aLinkOpensAStateAndTheKeyboardWalksTheRows() throws IOException, InterruptedException {
        BuiltNetwork built = words(30);
        Path page = page("words", built);
        try (Browser browser = browser(1400, 1000)) {
            browser.open(page, READY);
            // w3 is a first and a second word: beside w0 only the second may be on.
            browser.evaluate("location.hash = '#on=w0,w3&off=1:7&see=input:3'");
            wait(browser, "document.querySelector('#active').textContent.includes('w3')");
            assertEquals("w0·×·w3×", text(browser, "#active"));
            assertTrue(text(browser, "#detail").startsWith("Input 3: w3·"), text(browser, "#detail"));
            for (int row : built.network().inputCodes().code(3)) {
                assertTrue(browser.evaluate(
                                "[...document.querySelectorAll('#detail button')].some(b => b.textContent === '" + row
                                        + "')")
                        .booleanValue());
            }
            browser.evaluate("document.querySelector('#layer-1 canvas').focus()");
            for (int step = 0; step < 5; step++) {
                press(browser, "ArrowRight", "");
            }
            press(browser, "Enter", "\r");
            assertTrue(text(browser, "#detail").startsWith("Row 5 of y1"), text(browser, "#detail"));
            press(browser, "x", "x");
            assertTrue(text(browser, "#detail").contains("row 5 of y1: switched off"), text(browser, "#detail"));
            assertEquals(
                    "[\"1:7\",\"1:5\"]",
                    browser.evaluate("explorer.state().off").toString());
            assertQuiet(browser);
        }
    }

    @Test
    void theAuditIsShownAndItsWorstInputsLeadToTheirState() throws IOException, InterruptedException {
        BuiltNetwork built = words(14);
        AuditReport report = Audit.of(built).run(VerificationBudget.unlimited(), Optional.empty(), WrongDecisions.NONE);
        assertTrue(report.wrongInputs() > 0);
        try (Browser browser = browser(1400, 1000)) {
            browser.open(page("narrow", built), READY + " && document.documentElement.dataset.sampled");
            assertTrue(text(browser, "#figures").contains("REFUTED: " + report.wrongInputs() + " wrong inputs"));
            long counted = 0;
            for (JsonNode cell : browser.evaluate(
                    "[...document.querySelectorAll('#margins tbody td.number')].map(each => each.textContent)")) {
                counted += Long.parseLong(cell.textValue().replace(",", ""));
            }
            assertEquals(built.instance().domain().size().longValue(), counted);
            browser.evaluate("document.querySelector('#worst button').click()");
            assertTrue(text(browser, "#verdict").contains("wrong on"), text(browser, "#verdict"));
            assertTrue(browser.evaluate("document.querySelectorAll('#activity .columns').length")
                            .intValue()
                    >= 3);
            assertQuiet(browser);
        }
    }

    @Test
    void onAPhoneInTheDarkNothingIsWiderThanTheScreen() throws IOException, InterruptedException {
        try (Browser browser = browser(1000, 800)) {
            browser.call(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
            browser.call(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
            browser.open(page("words", words(30)), READY + " && document.documentElement.dataset.sampled");
            browser.evaluate("explorer.choose({kind: 'row', t: 1, r: 3})");
            assertEquals(
                    360,
                    browser.evaluate("document.documentElement.scrollWidth").intValue());
            assertEquals(
                    "rgb(21, 24, 29)",
                    browser.evaluate("getComputedStyle(document.body).backgroundColor")
                            .textValue());
            assertQuiet(browser);
        }
    }

    @Test
    void namesThatAreCodeStayText() throws IOException, InterruptedException {
        BuiltNetwork plain = words(30);
        List<String> names = IntStream.range(0, 2 * WORDS)
                .mapToObj(j -> "</script><img src=x onerror=alert(" + j + ")>{{script}}")
                .toList();
        BuiltNetwork built = new BuiltNetwork(
                plain.instance().withNames(new FeatureNames(names), new FeatureNames(names)), plain.network());
        Path page = page("<b>", built);
        assertFalse(Files.readString(page).contains("onerror"));
        try (Browser browser = browser(1000, 800)) {
            browser.open(page, READY);
            assertEquals("<b>", text(browser, "h1"));
            assertEquals(
                    0,
                    browser.evaluate("document.querySelectorAll('img').length").intValue());
            assertEquals(
                    names.get(0), browser.evaluate("explorer.net.inputName(0)").textValue());
            assertQuiet(browser);
        }
    }
}
