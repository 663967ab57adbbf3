package org.superpose.runner.paper;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.References;
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
            Neural Computation in Superposition* ([arXiv 2409.15318](https://arxiv.org/abs/2409.15318), version 2),
            with the classes that implement it and the experiments that show it. Run an experiment with
            `superpose run ID`; the other commands are arguments of `superpose` too.

            The full text of the paper was not at hand, so every row says how its statement stands:

            - **attested**: in the paper's own words, in its abstract, its summary, the name of a result or a caption;
            - **reconstructed**: the paper has such a part, but what stands here was worked out anew and is checked by
              programs. So are the proofs and all constants, biases and thresholds of attested constructions. The
              captions of Figures 2 to 6 are attested, their pictures and which of them has which number are not;
            - **ours**: not in the paper, as far as is known.

            The limits on sparsifying and distilling are in the abstract of a later version only.

            This page is generated from the `@Reference` annotations, and a test fails when it is out of date. This
            command writes it again:

            ```
            mvn -pl runner -am test -Dtest=PaperMapTest -Dsurefire.failIfNoSpecifiedTests=false \\
              -Dsuperpose.paper-map.write=true
            ```

            | result | standing | what it says | classes | experiments and commands |
            |---|---|---|---|---|
            """;

    private final Map<String, List<JavaClass>> classes = new TreeMap<>();
    private final Map<String, List<JavaClass>> experiments = new TreeMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, Set<Standing>> standings = new TreeMap<>();
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
        // Classes of others need not be read for this, which takes ArchUnit long.
        JavaClasses all =
                ArchConfiguration.withThreadLocalScope((Function<ArchConfiguration, JavaClasses>) settings -> {
                    settings.setResolveMissingDependenciesFromClassPath(false);
                    return new ClassFileImporter()
                            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                            .importPackages("org.superpose");
                });
        all.stream()
                .filter(type -> type.isAnnotatedWith(Reference.class) || type.isAnnotatedWith(References.class))
                .sorted(Comparator.comparing(JavaClass::getName))
                .forEach(map::add);
        return map;
    }

    private void add(JavaClass type) {
        List<Reference> references = type.isAnnotatedWith(References.class)
                ? List.of(type.getAnnotationOfType(References.class).value())
                : List.of(type.getAnnotationOfType(Reference.class));
        for (Reference reference : references) {
            for (String result : reference.value()) {
                (idOfExperiment.containsKey(type.getName()) ? experiments : classes)
                        .computeIfAbsent(result, name -> new ArrayList<>())
                        .add(type);
                standings.computeIfAbsent(result, name -> new TreeSet<>()).add(reference.standing());
                if (!reference.source().isEmpty()) {
                    sources.put(result, reference.source());
                }
            }
        }
    }

    /** What the annotations say of a result: one standing, unless they contradict one another. */
    Set<Standing> standings(String result) {
        return standings.getOrDefault(result, Set.of());
    }

    /** Whether another publication than the paper is its source. */
    boolean hasOtherSource(String result) {
        return sources.containsKey(result);
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
        for (PaperResult result : PaperResult.ALL_RESULTS) {
            row(page, result.name(), standing(result.standing()), result.statement(), result.commands());
        }
        page.append("\n## Beyond the paper\n\n| what | standing | source | classes | experiments |\n")
                .append("|---|---|---|---|---|\n");
        List<String> known =
                PaperResult.ALL_RESULTS.stream().map(PaperResult::name).toList();
        names().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> row(
                        page,
                        name,
                        standings(name).stream().map(PaperMap::standing).collect(Collectors.joining(", ")),
                        sources.getOrDefault(name, "this project"),
                        List.of()));
        return page.toString();
    }

    private static String standing(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT);
    }

    private void row(StringBuilder page, String name, String standing, String third, List<String> commands) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(standing)
                .append(" | ")
                .append(third.replace("|", "\\|"))
                .append(" | ")
                .append(classes.getOrDefault(name, List.of()).stream()
                        .map(PaperMap::link)
                        .collect(Collectors.joining(", ")))
                .append(" | ")
                .append(Stream.concat(
                                experiments.getOrDefault(name, List.of()).stream()
                                        .map(type -> idOfExperiment.get(type.getName())),
                                commands.stream())
                        .map(text -> "`" + text + "`")
                        .collect(Collectors.joining(", ")))
                .append(" |\n");
    }

    private static String link(JavaClass type) {
        String module = type.getPackageName().split("\\.")[2];
        return "[" + type.getSimpleName() + "](../" + module + "/src/main/java/"
                + type.getName().replace('.', '/') + ".java)";
    }
}
