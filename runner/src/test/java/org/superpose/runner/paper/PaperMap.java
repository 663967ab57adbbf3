package org.superpose.runner.paper;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.superpose.core.Reference;
import org.superpose.core.plugin.Catalog;
import org.superpose.runner.experiment.Experiment;

/**
 * The map from results to the classes that implement and the experiments that show them, read off the {@link Reference}
 * annotations.
 */
final class PaperMap {
    private static final String HEAD = """
            # The map of the paper

            Each definition, theorem, corollary, figure and construction of Adler and Shavit, *On the Complexity of
            Neural Computation in Superposition* ([arXiv 2409.15318](https://arxiv.org/abs/2409.15318)), with the
            classes that implement it and the experiments that show it. Run an experiment with `superpose run ID`.

            This page is generated from the `@Reference` annotations, and a test fails when it is out of date. This
            command writes it again:

            ```
            mvn -pl runner -am test -Dtest=PaperMapTest -Dsurefire.failIfNoSpecifiedTests=false \\
              -Dsuperpose.paper-map.write=true
            ```

            | result | what it says | classes | experiments |
            |---|---|---|---|
            """;

    private final Map<String, List<JavaClass>> classes = new TreeMap<>();
    private final Map<String, List<JavaClass>> experiments = new TreeMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> idOfExperiment;

    private PaperMap(Map<String, String> idOfExperiment) {
        this.idOfExperiment = idOfExperiment;
    }

    /** Scans every class of the project on the class path, public or not. */
    static PaperMap scan() {
        Map<String, String> ids =
                Catalog.load("experiment", Experiment.class, PaperMap.class.getClassLoader()).plugins().stream()
                        .collect(Collectors.toMap(
                                experiment -> experiment.getClass().getName(), Experiment::id));
        PaperMap map = new PaperMap(ids);
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.superpose").stream()
                        .filter(type -> type.isAnnotatedWith(Reference.class))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .forEach(map::add);
        return map;
    }

    private void add(JavaClass type) {
        Reference reference = type.getAnnotationOfType(Reference.class);
        for (String result : reference.value()) {
            (idOfExperiment.containsKey(type.getName()) ? experiments : classes)
                    .computeIfAbsent(result, name -> new ArrayList<>())
                    .add(type);
            if (!reference.source().isEmpty()) {
                sources.put(result, reference.source());
            }
        }
    }

    /** The names of all results that some class refers to. */
    List<String> names() {
        List<String> names = new ArrayList<>(classes.keySet());
        experiments.keySet().stream().filter(name -> !classes.containsKey(name)).forEach(names::add);
        return names;
    }

    boolean hasClass(String result) {
        return classes.containsKey(result);
    }

    boolean hasExperiment(String result) {
        return experiments.containsKey(result);
    }

    /** The page docs/paper-map.md. */
    String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (PaperResult result : PaperResult.ALL) {
            row(page, result.name(), result.statement());
        }
        page.append("\n## Beyond the paper\n\n| what | source | classes | experiments |\n|---|---|---|---|\n");
        List<String> known = PaperResult.ALL.stream().map(PaperResult::name).toList();
        names().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> row(page, name, sources.getOrDefault(name, "this project")));
        return page.toString();
    }

    private void row(StringBuilder page, String name, String second) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(second.replace("|", "\\|"))
                .append(" | ")
                .append(classes.getOrDefault(name, List.of()).stream()
                        .map(PaperMap::link)
                        .collect(Collectors.joining(", ")))
                .append(" | ")
                .append(experiments.getOrDefault(name, List.of()).stream()
                        .map(type -> "`" + idOfExperiment.get(type.getName()) + "`")
                        .collect(Collectors.joining(", ")))
                .append(" |\n");
    }

    private static String link(JavaClass type) {
        String module = type.getPackageName().split("\\.")[2];
        return "[" + type.getSimpleName() + "](../" + module + "/src/main/java/"
                + type.getName().replace('.', '/') + ".java)";
    }
}
