package org.superpose.runner.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;

/**
 * The Maven project that a plugin author starts from: the majority example of this repository under other names. It
 * builds and passes its tests as it is; what the example is about is then replaced piece by piece.
 *
 * @param id the id of the problem: lower-case words joined by hyphens
 * @param packageName the Java package, also the group id
 */
public record PluginProject(String id, String packageName) {
    private static final String EXAMPLE_PACKAGE = "org.superpose.examples.majority";
    private static final String EXAMPLE_FOLDER = EXAMPLE_PACKAGE.replace('.', '/');

    /** The files of the example, where the resources have them. */
    static final List<String> FILES = List.of(
            "README.md",
            "pom.xml",
            "src/main/java/" + EXAMPLE_FOLDER + "/MajorityChannels.java",
            "src/main/java/" + EXAMPLE_FOLDER + "/MajorityProblem.java",
            "src/main/java/" + EXAMPLE_FOLDER + "/MajorityWidths.java",
            "src/main/resources/META-INF/services/org.superpose.core.construction.Construction",
            "src/main/resources/META-INF/services/org.superpose.core.problem.Problem",
            "src/main/resources/META-INF/services/org.superpose.runner.experiment.Experiment",
            "src/test/java/" + EXAMPLE_FOLDER + "/MajorityChannelsTest.java",
            "src/test/java/" + EXAMPLE_FOLDER + "/MajorityProblemTest.java",
            "src/test/java/" + EXAMPLE_FOLDER + "/MajorityWidthsTest.java");

    /** @throws InvalidInputException if the id or the package is no name */
    public PluginProject {
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new InvalidInputException("--id \"" + id + "\" must be lower-case words joined by hyphens");
        }
        boolean isPackage = packageName.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")
                && Stream.of(packageName.split("\\.")).allMatch(javax.lang.model.SourceVersion::isName);
        if (!isPackage) {
            throw new InvalidInputException(
                    "--package \"" + packageName + "\" must be a Java package name in lower case, such as com.example");
        }
    }

    /**
     * Writes the project.
     *
     * @param folder a folder that is empty or does not exist yet
     * @return the files, in order
     * @throws InvalidInputException if the folder is in use or cannot be written
     */
    public List<Path> write(Path folder) {
        try {
            if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
                throw new InvalidInputException("the folder " + folder + " is not empty");
            }
            List<Path> written = new ArrayList<>();
            Files.createDirectories(folder);
            // Not among the resources: Maven leaves such files out of jars.
            written.add(Files.writeString(folder.resolve(".gitignore"), "target/\n"));
            for (String file : FILES) {
                Path target = folder.resolve(renamed(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, renamed(text(file)));
                written.add(target);
            }
            return written;
        } catch (IOException unwritable) {
            throw new InvalidInputException(
                    "the folder " + folder + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static String text(String file) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream("project/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Class names, ids, packages and folders; words of prose stay. */
    private String renamed(String text) {
        return text.replace(EXAMPLE_PACKAGE, packageName)
                .replace(EXAMPLE_FOLDER, packageName.replace('.', '/'))
                .replace("Majority", className())
                .replace("\"majority\"", "\"" + id + "\"")
                .replace("`majority`", "`" + id + "`")
                .replace("--problem majority ", "--problem " + id + " ")
                .replaceAll("\\bmajority-(?=[a-z])", id + "-")
                .replaceAll(
                        "(<superpose.version>)[^<]*",
                        "$1" + ToolVersion.current().replace("$", ""));
    }

    /** {@code my-problem} and {@code my} both become MyProblem, once the class name has its own "Problem" behind it. */
    private String className() {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("-")) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        String whole = name.toString();
        return whole.endsWith("Problem") && whole.length() > "Problem".length()
                ? whole.substring(0, whole.length() - "Problem".length())
                : whole;
    }
}
