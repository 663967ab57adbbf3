package org.superpose.runner.gallery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.superpose.core.ToolVersion;
import org.superpose.core.file.AtomicFile;
import org.superpose.runner.report.Html;

/** The folder of a site that is being written: pages of one look, and files beside them. Paths have slashes. */
final class Site {
    private final Path root;

    Site(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** A file of the site, with the folders above it. */
    Path file(String path) {
        Path file = root.resolve(path);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return file;
    }

    /**
     * Writes a page with the head of all pages.
     *
     * @param path relative to the root
     * @param body HTML
     */
    void page(String path, String title, String body) {
        String up = "../".repeat((int) path.chars().filter(each -> each == '/').count());
        text(path, """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%2$s – Superpose</title>
                <link rel="stylesheet" href="%1$ssite.css">
                </head>
                <body>
                <nav aria-label="Site"><a href="%1$sindex.html"><strong>Superpose</strong></a>
                <a href="%1$sindex.html#documentation">Documentation</a> <a href="%1$sapi.html">API</a>
                <a href="%1$ssearch.html">Search</a></nav>
                <main>
                %3$s
                </main>
                <footer>Superpose %4$s</footer>
                </body>
                </html>
                """.formatted(up, Html.escape(title), body, Html.escape(ToolVersion.current())));
    }

    /** Writes a text. */
    void text(String path, String text) {
        AtomicFile.write(file(path), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Copies a file. */
    void copy(Path from, String path) {
        try {
            Files.copy(from, file(path), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Copies what a stream holds. */
    void copy(InputStream from, String path) {
        try {
            Files.copy(from, file(path), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Writes a file that every site has. */
    void resource(String name) {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            text(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
