package org.superpose.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real headless Chromium with one page, controlled over the DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final WebSocket socket;
    private final Path profile;
    private int calls;

    private Browser(Process process, Path profile, String page) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .join();
    }

    /** Puts the pieces of each message together. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException malformed) {
                    throw new IllegalStateException(malformed);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** The program, if there is one on the path. */
    public static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(file -> file.toFile().canExecute())
                .findFirst();
    }

    /** Starts it with an empty page of a size. */
    public static Browser start(Path program, Path profile, int width, int height)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox", // needed where tests run as root; the page is our own
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=" + width + "," + height,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Browser(process, profile, pageOf(process));
        } catch (RuntimeException | IOException | InterruptedException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static String pageOf(Process process) throws IOException, InterruptedException {
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("DevTools listening on ws://")) {
                Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}));
                drain.setDaemon(true);
                drain.start();
                String server = line.replaceFirst(".*ws://([^/]*)/.*", "http://$1");
                HttpResponse<String> list = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server + "/json/list"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                for (JsonNode target : JSON.readTree(list.body())) {
                    if (target.get("type").textValue().equals("page")) {
                        return target.get("webSocketDebuggerUrl").textValue();
                    }
                }
                throw new IOException("the browser has no page: " + list.body());
            }
        }
        throw new IOException("the browser ended before it listened");
    }

    /** Calls a method of the protocol and waits for its answer, noting the errors of the page meanwhile. */
    public JsonNode call(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
        int id = ++calls;
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(JSON.writeValueAsString(message), true).join();
        while (true) {
            JsonNode answer = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("no answer to " + method);
            }
            if (answer.path("id").intValue() == id) {
                if (answer.has("error")) {
                    throw new IOException(method + ": " + answer.get("error"));
                }
                return answer.get("result");
            }
            note(answer);
        }
    }

    private void note(JsonNode event) {
        JsonNode parameters = event.path("params");
        switch (event.path("method").textValue()) {
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(parameters.get("type").textValue())) {
                    complaints.add(parameters.get("args").toString());
                }
            }
            case "Log.entryAdded" -> complaints.add(parameters.get("entry").toString());
            case "Network.requestWillBeSent" ->
                requests.add(parameters.get("request").get("url").textValue());
            default -> {}
        }
    }

    /** Opens a file and waits until a JavaScript condition holds. */
    public void open(Path file, String condition) throws IOException, InterruptedException {
        for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
            call(domain + ".enable", Map.of());
        }
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        evaluate("new Promise(resolve => { const look = () => " + condition
                + " ? resolve(true) : setTimeout(look, 20); look(); })");
    }

    /** The value of a JavaScript expression; that of a promise once it is settled. */
    public JsonNode evaluate(String expression) throws IOException, InterruptedException {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** Errors and warnings of the console and uncaught exceptions so far. */
    public List<String> complaints() {
        return complaints;
    }

    /** The addresses that the page has requested so far. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        // A browser that is killed leaves dangling links.
        for (String link : List.of("SingletonLock", "SingletonCookie", "SingletonSocket")) {
            profile.resolve(link).toFile().delete();
        }
    }
}
