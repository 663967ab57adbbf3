package org.superpose.runner.cli.option;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.glossary.Glossary;
import org.superpose.runner.run.engine.ExecutionEngine;

/** What a shell can complete the values of options to. */
public final class Completion {
    private Completion() {}

    private static List<String> ids(Catalog<?> catalog) {
        return catalog.plugins().stream().map(Plugin::id).toList();
    }

    /** Ids of problems. */
    public static final class Problems extends Words {
        @Inject
        Problems(Catalog<Problem> catalog) {
            super(ids(catalog));
        }
    }

    /** Ids of constructions. */
    public static final class Constructions extends Words {
        @Inject
        Constructions(Catalog<Construction> catalog) {
            super(ids(catalog));
        }
    }

    /** Ids of verifiers. */
    public static final class Verifiers extends Words {
        @Inject
        Verifiers(Catalog<Verifier> catalog) {
            super(ids(catalog));
        }
    }

    /** Ids of experiments. */
    public static final class Experiments extends Words {
        @Inject
        Experiments(Catalog<Experiment> catalog) {
            super(ids(catalog));
        }
    }

    /** Ids of engines. */
    public static final class Engines extends Words {
        @Inject
        Engines(Catalog<ExecutionEngine> catalog) {
            super(ids(catalog));
        }
    }

    /** Names of parameters, each with the equals sign that follows it. */
    public static final class Assignments extends Words {
        @Inject
        Assignments(Catalog<Problem> problems, Catalog<Construction> constructions, Catalog<Experiment> experiments) {
            super(names(List.of(problems, constructions, experiments)));
        }

        private static List<String> names(List<Catalog<?>> catalogs) {
            TreeSet<String> names = new TreeSet<>();
            for (Catalog<?> catalog : catalogs) {
                for (Plugin plugin : catalog.plugins()) {
                    plugin.parameters().forEach(parameter -> names.add(parameter.name() + "="));
                }
            }
            return List.copyOf(names);
        }
    }

    /** Kinds and ids of everything that can be listed. */
    public static final class Listed extends Words {
        @Inject
        Listed(
                Catalog<Problem> problems,
                Catalog<Construction> constructions,
                Catalog<Verifier> verifiers,
                Catalog<Experiment> experiments,
                Catalog<ExecutionEngine> engines) {
            super(all(List.of(problems, constructions, verifiers, experiments, engines)));
        }

        private static List<String> all(List<Catalog<?>> catalogs) {
            List<String> words =
                    new ArrayList<>(List.of("problems", "constructions", "verifiers", "experiments", "engines"));
            catalogs.forEach(catalog -> words.addAll(ids(catalog)));
            return words;
        }
    }

    /** Words that can be explained, but for those of several words, which a shell would take apart. */
    public static final class Terms extends Words {
        public Terms() {
            super(Glossary.words().stream()
                    .filter(word -> word.matches("[A-Za-z_/-]+"))
                    .toList());
        }
    }

    /** A list of words. */
    abstract static class Words implements Iterable<String> {
        private final List<String> words;

        Words(List<String> words) {
            this.words = words;
        }

        @Override
        public Iterator<String> iterator() {
            return words.iterator();
        }
    }
}
