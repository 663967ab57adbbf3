package org.superpose.runner.gallery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.report.Html;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The Javadoc of the modules, as a release leaves it in their {@code target} folders, with a page that leads to it;
 * where there is none, the page says how to make it.
 */
final class ApiPages {
    static final String PAGE = "api.html";
    private static final String MAKE = "mvn -Prelease -DskipTests package";

    private final Path source;

    /** @param source the folder of the project */
    ApiPages(Path source) {
        this.source = source;
    }

    /**
     * Unpacks the Javadoc of all modules that have one into the site, and writes the page.
     *
     * @return the number of modules
     * @throws InvalidInputException if a file cannot be read
     */
    int write(Site site) {
        List<List<String>> rows = new ArrayList<>();
        archives().forEach((module, archive) -> {
            unpack(archive, site, "api/" + module + "/");
            Element project = project(source.resolve(module).resolve("pom.xml"));
            rows.add(List.of(
                    "<a href=\"api/%1$s/index.html\">%1$s</a>".formatted(Html.escape(module)),
                    Html.escape(child(project, "description"))));
        });
        String modules = rows.isEmpty()
                ? "<p>This site was made without the Javadoc of the modules. In a clone of the project, <code>" + MAKE
                        + "</code> makes it; a site that is written after that has it here.</p>"
                : "<p>The Javadoc of the modules. Plugins and programs that embed Superpose may rely on the packages"
                        + " marked <code>@PluginApi</code>; the others may change with every version.</p>\n"
                        + Html.table(List.of("module", "what it is"), rows);
        site.page(PAGE, "API", "<h1>API</h1>\n" + modules);
        return rows.size();
    }

    /** The newest archive of each module, by its folder. */
    private TreeMap<String, Path> archives() {
        TreeMap<String, Path> archives = new TreeMap<>();
        try (DirectoryStream<Path> modules =
                Files.newDirectoryStream(source, folder -> Files.isRegularFile(folder.resolve("pom.xml")))) {
            for (Path module : modules) {
                newest(module.resolve("target"))
                        .ifPresent(archive -> archives.put(module.getFileName().toString(), archive));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return archives;
    }

    private static Optional<Path> newest(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-javadoc.jar")) {
            Path newest = null;
            for (Path archive : found) {
                if (newest == null
                        || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(newest)) > 0) {
                    newest = archive;
                }
            }
            return Optional.ofNullable(newest);
        }
    }

    private static void unpack(Path archive, Site site, String below) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (entry.isDirectory() || name.startsWith("META-INF/")) {
                    continue;
                }
                if (!Path.of(below, name).normalize().startsWith(Path.of(below))) {
                    throw new InvalidInputException(archive + " has an entry that leads out of it: " + name);
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    site.copy(in, below + name);
                }
            }
        } catch (IOException unreadable) {
            throw new InvalidInputException(archive + " could not be read: " + unreadable, unreadable);
        }
    }

    private static Element project(Path pom) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException unreadable) {
            throw new InvalidInputException(pom + " could not be read: " + unreadable, unreadable);
        }
    }

    private static String child(Element parent, String name) {
        NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeName().equals(name)) {
                return children.item(i).getTextContent().strip().replaceAll("\\s+", " ");
            }
        }
        return "";
    }
}
