package org.superpose.runner.gallery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.superpose.core.InvalidInputException;

/**
 * The Markdown files of the project as pages: those at its root and below {@code docs/}, each at its own place, with
 * links between them, an index by title and one for the search. What a page shows or links to below {@code docs/} comes
 * along; a link to a file that is not part of the site stays as words.
 */
final class Documentation {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().extensions(EXTENSIONS).build();
    private static final String MARKDOWN = ".md";

    private final Path source;
    /** The files by their paths below the source, with slashes. */
    private final Map<String, Path> files = new TreeMap<>();

    private final List<Map<String, String>> sections = new ArrayList<>();
    private final Map<String, String> titles = new LinkedHashMap<>();

    /**
     * @param source the folder of the project
     * @throws InvalidInputException if it has no folder {@code docs}
     */
    Documentation(Path source) {
        this.source = source;
        Path docs = source.resolve("docs");
        if (!Files.isDirectory(docs)) {
            throw new InvalidInputException("there is no documentation in " + docs
                    + "; --source names the folder of the project, which has README.md and docs");
        }
        try (Stream<Path> top = Files.list(source);
                Stream<Path> below = Files.walk(docs)) {
            Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(MARKDOWN) && Files.isRegularFile(file))
                    .forEach(file -> files.put(pathOf(file), file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String pathOf(Path file) {
        return source.relativize(file).toString().replace('\\', '/');
    }

    /** The pages that were written, by path, with their titles. */
    Map<String, String> titles() {
        return titles;
    }

    /** Writes all pages and the search. */
    void write(Site site) {
        files.forEach((path, file) -> write(site, path, file));
        try {
            site.text(
                    "search-index.js",
                    "window.searchIndex = " + new ObjectMapper().writeValueAsString(sections) + ";\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        site.resource("search.js");
        site.page("search.html", "Search", """
                <h1>Search</h1>
                <p><label for="query">Words of the documentation:</label>
                <input id="query" type="search" autocomplete="off" spellcheck="false"></p>
                <p id="found" role="status"></p>
                <ol id="results"></ol>
                <script src="search-index.js"></script>
                <script src="search.js"></script>
                """);
    }

    private void write(Site site, String path, Path file) {
        Node document;
        try {
            document = PARSER.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new InvalidInputException(file + " could not be read: " + unreadable, unreadable);
        }
        document.accept(new Relinking(site, path));
        String page = htmlOf(path);
        String title = index(document, page);
        titles.put(page, title);
        site.page(page, title, "<article>\n" + HTML.render(document) + "</article>");
    }

    /** A text in Markdown, its links left as they are, as HTML. */
    static String html(String markdown) {
        return HTML.render(PARSER.parse(markdown));
    }

    private static String htmlOf(String markdown) {
        return markdown.substring(0, markdown.length() - MARKDOWN.length()) + ".html";
    }

    /** Adds the sections of a page to the search; returns the page's title. */
    private String index(Node document, String page) {
        String title = null;
        IdGenerator ids = IdGenerator.builder().build();
        String address = page;
        String heading = "";
        StringBuilder words = new StringBuilder();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading) {
                add(address, title, heading, words);
                heading = TEXT.render(node).replace("\"", "").strip(); // code is in quotes there
                title = title == null ? heading : title;
                address = page + "#" + ids.generateId(heading);
                words.setLength(0);
            } else {
                words.append(TEXT.render(node)).append(' ');
            }
        }
        add(address, title, heading, words);
        return title == null ? page : title;
    }

    private void add(String address, String title, String heading, StringBuilder words) {
        if (title != null) {
            sections.add(Map.of(
                    "address",
                    address,
                    "title",
                    title,
                    "heading",
                    heading,
                    "text",
                    words.toString().replaceAll("\\s+", " ").strip()));
        }
    }

    /** Leads links and pictures to the files of the site. */
    private final class Relinking extends AbstractVisitor {
        private final Site site;
        private final String path;

        Relinking(Site site, String path) {
            this.site = site;
            this.path = path;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String target = link.getDestination();
            if (isElsewhere(target)) {
                return;
            }
            int hash = target.indexOf('#');
            String name = hash < 0 ? target : target.substring(0, hash);
            String anchor = hash < 0 ? "" : target.substring(hash);
            if (name.isEmpty()) {
                return;
            }
            Path file = source.resolve(path).resolveSibling(name).normalize();
            String place = pathOf(file);
            if (files.containsKey(place)) {
                link.setDestination(htmlOf(name) + anchor);
            } else if (!comesAlong(file, place)) {
                while (link.getFirstChild() != null) {
                    link.insertBefore(link.getFirstChild());
                }
                link.unlink();
            }
        }

        @Override
        public void visit(Image image) {
            if (!isElsewhere(image.getDestination())) {
                Path file = source.resolve(path)
                        .resolveSibling(image.getDestination())
                        .normalize();
                comesAlong(file, pathOf(file));
            }
        }

        private static boolean isElsewhere(String target) {
            return target.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*") || target.startsWith("//");
        }

        private boolean comesAlong(Path file, String place) {
            boolean comes = place.startsWith("docs/") && Files.isRegularFile(file);
            if (comes) {
                site.copy(file, place);
            }
            return comes;
        }
    }
}
