package org.superpose.runner.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Files that have to agree: module descriptors and service files, the bill of materials and the modules, enforced and
 * documented dependencies.
 */
class ModuleFilesTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"core", "problems", "constructions", "bounds"})
    void aDescriptorProvidesWhatTheServiceFilesListAndExportsPackagesThatExist(String module) throws IOException {
        String descriptor = Files.readString(ROOT.resolve(module + "/src/main/java/module-info.java"));
        Set<String> provided = new TreeSet<>();
        Matcher provides = Pattern.compile("provides ([\\w.]+) with([^;]*);").matcher(descriptor);
        while (provides.find()) {
            for (String plugin : provides.group(2).split(",")) {
                provided.add(provides.group(1) + " " + plugin.strip());
            }
        }
        Set<String> listed = new TreeSet<>();
        Path services = ROOT.resolve(module + "/src/main/resources/META-INF/services");
        if (Files.isDirectory(services)) {
            try (Stream<Path> files = Files.list(services)) {
                for (Path file : files.toList()) {
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .forEach(line -> listed.add(file.getFileName() + " " + line.strip()));
                }
            }
        }
        assertEquals(listed, provided);

        Matcher exports = Pattern.compile("exports ([\\w.]+);").matcher(descriptor);
        Set<String> exported = new TreeSet<>();
        while (exports.find()) {
            exported.add(exports.group(1));
        }
        // Constructions are found as services only.
        assertEquals(module.equals("constructions"), exported.isEmpty());
        assertFalse(exported.contains("org.superpose.core.kernel.simd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "bom",
                "core",
                "testkit",
                "problems",
                "constructions",
                "bounds",
                "interop",
                "runner",
                "benchmarks",
                "spark",
                "spark/home"
            })
    void noDependencyIsDeclaredTwice(String module) throws Exception {
        Document pom = read(module + "/pom.xml");
        Set<String> seen = new TreeSet<>();
        for (Element dependency : dependencies(pom)) {
            String declared = dependency.getParentNode().getParentNode().getNodeName();
            for (String part : List.of("groupId", "artifactId", "type", "classifier")) {
                declared += ":" + optional(dependency, part);
            }
            assertTrue(seen.add(declared), module + " declares " + declared + " twice");
        }
        assertTrue(!seen.isEmpty());
    }

    private static String optional(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    @Test
    void theLogOfTheCommandLineDoesNotGoWithTheRunnerIntoOtherPrograms() throws Exception {
        Set<String> optional = new TreeSet<>();
        for (Element dependency : dependencies(read("runner/pom.xml"))) {
            if (optional(dependency, "optional").equals("true")) {
                optional.add(child(dependency, "artifactId"));
            }
        }
        assertEquals(Set.of("logback-classic", "slf4j-jdk-platform-logging"), optional);
    }

    @Test
    void theBillOfMaterialsHasEveryModuleThatIsPublishedInTheVersionOfTheParent() throws Exception {
        Document parent = read("pom.xml");
        Set<String> modules = new TreeSet<>();
        NodeList names = parent.getElementsByTagName("module");
        for (int t = 0; t < names.getLength(); t++) {
            String module = names.item(t).getTextContent();
            if (!List.of("bom", "benchmarks", "spark", "spark/home", "dist").contains(module)) {
                modules.add("superpose-" + module);
            }
        }
        Document bom = read("bom/pom.xml");
        assertEquals(child(parent.getDocumentElement(), "version"), child(bom.getDocumentElement(), "version"));
        Set<String> managed = new TreeSet<>();
        for (Element dependency : dependencies(bom)) {
            assertEquals("${project.version}", child(dependency, "version"));
            managed.add(child(dependency, "artifactId"));
        }
        assertEquals(modules, managed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "problems", "constructions", "bounds", "interop", "testkit"})
    void whatTheEnforcerAllowsIsWhatTheDocumentationLists(String module) throws Exception {
        String page = Files.readString(ROOT.resolve("docs/embedding.md"));
        Matcher row = Pattern.compile("(?m)^\\| `superpose-" + module + "` \\|[^|]*\\|([^|]*)\\|")
                .matcher(page);
        assertTrue(row.find(), "docs/embedding.md has no row for superpose-" + module);
        Set<String> documented = new TreeSet<>();
        Matcher artefact = Pattern.compile("`([^`]+)`").matcher(row.group(1));
        while (artefact.find()) {
            documented.add(artefact.group(1));
        }
        Set<String> allowed = new TreeSet<>();
        NodeList includes = read(module + "/pom.xml").getElementsByTagName("include");
        for (int t = 0; t < includes.getLength(); t++) {
            String[] parts = includes.item(t).getTextContent().strip().split(":");
            if (parts.length >= 2) {
                allowed.add(parts[0] + ":" + parts[1]);
            }
        }
        assertEquals(documented, allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "problems", "constructions", "bounds", "interop", "runner", "testkit"})
    void thePageForContributorsNamesWhatAModuleDependsOn(String module) throws Exception {
        Matcher row = Pattern.compile("(?m)^\\| `" + module + "` \\|[^|]*\\|([^|]*)\\|")
                .matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")));
        assertTrue(row.find(), "CONTRIBUTING.md has no row for " + module);
        List<String> documented = new ArrayList<>();
        Matcher artefact = Pattern.compile("`([^`]+)`").matcher(row.group(1));
        while (artefact.find()) {
            documented.add(artefact.group(1));
        }
        List<String> declared = new ArrayList<>();
        for (Element dependency : dependencies(read(module + "/pom.xml"))) {
            String artifact = child(dependency, "artifactId");
            if (!isForTests(dependency)) {
                declared.add(artifact.replaceFirst("^superpose-", ""));
            }
        }
        documented.sort(null);
        declared.sort(null);
        assertEquals(declared, documented);
    }

    /** In the module's own declaration or in the parent's. */
    private static boolean isForTests(Element dependency) throws Exception {
        if (!child(dependency, "scope").isEmpty()) {
            return child(dependency, "scope").equals("test");
        }
        for (Element managed : dependencies(read("pom.xml"))) {
            if (child(managed, "artifactId").equals(child(dependency, "artifactId"))) {
                return child(managed, "scope").equals("test");
            }
        }
        return false;
    }

    private static Document read(String file) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(file).toFile());
    }

    private static List<Element> dependencies(Document pom) {
        List<Element> found = new ArrayList<>();
        NodeList all = pom.getElementsByTagName("dependency");
        for (int t = 0; t < all.getLength(); t++) {
            found.add((Element) all.item(t));
        }
        return found;
    }

    private static String child(Element element, String name) {
        NodeList children = element.getChildNodes();
        for (int t = 0; t < children.getLength(); t++) {
            if (children.item(t).getNodeName().equals(name)) {
                return children.item(t).getTextContent().strip();
            }
        }
        return "";
    }
}
