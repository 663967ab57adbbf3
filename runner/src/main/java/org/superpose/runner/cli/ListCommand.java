package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.construction.Construction;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.cli.option.Completion;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.run.engine.ExecutionEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code superpose list}: what can be named in the other commands, with every parameter. */
@Command(
        name = "list",
        description = "Lists problems, constructions, verifiers, experiments and engines with their parameters.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose list", "  superpose list problems", "  superpose list two-and"})
final class ListCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, Catalog<?>> catalogs = new LinkedHashMap<>();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND|ID",
            completionCandidates = Completion.Listed.class,
            description = "problems, constructions, verifiers, experiments or engines, or the id of one of them; all if"
                    + " none is given.")
    private String kind;

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    ListCommand(
            Console console,
            Catalog<Problem> problems,
            Catalog<Construction> constructions,
            Catalog<Verifier> verifiers,
            Catalog<Experiment> experiments,
            Catalog<ExecutionEngine> engines) {
        this.console = console;
        catalogs.put("problems", problems);
        catalogs.put("constructions", constructions);
        catalogs.put("verifiers", verifiers);
        catalogs.put("experiments", experiments);
        catalogs.put("engines", engines);
    }

    @Override
    public Integer call() {
        if (kind != null && !catalogs.containsKey(kind)) {
            return one();
        }
        Map<String, Catalog<?>> chosen = kind == null ? catalogs : Map.of(kind, catalogs.get(kind));
        if (json.isSet()) {
            Map<String, Object> document = new LinkedHashMap<>();
            chosen.forEach((name, catalog) -> document.put(name, describe(catalog.entries())));
            console.json(document);
        } else {
            chosen.forEach((name, catalog) -> print(name, catalog.entries()));
        }
        chosen.values().forEach(catalog -> catalog.failures().forEach(console::say));
        return ExitStatus.DONE;
    }

    /** Everything that has one id. */
    private int one() {
        Map<String, List<Catalog.Entry<?>>> found = new LinkedHashMap<>();
        List<String> known = new ArrayList<>(catalogs.keySet());
        catalogs.forEach((name, catalog) -> {
            for (Catalog.Entry<?> entry : catalog.entries()) {
                known.add(entry.plugin().id());
                if (entry.plugin().id().equals(kind)) {
                    found.computeIfAbsent(name, key -> new ArrayList<>()).add(entry);
                }
            }
        });
        if (found.isEmpty()) {
            throw new InvalidInputException(
                    "there is nothing called \"" + kind + "\" to list" + NearestName.suggestion(kind, known));
        }
        if (json.isSet()) {
            Map<String, Object> document = new LinkedHashMap<>();
            found.forEach((name, entries) -> document.put(name, describe(entries)));
            console.json(document);
        } else {
            found.forEach((name, entries) -> print(name, entries));
        }
        return ExitStatus.DONE;
    }

    private static List<Map<String, Object>> describe(List<? extends Catalog.Entry<?>> entries) {
        List<Map<String, Object>> described = new ArrayList<>();
        for (Catalog.Entry<?> entry : entries) {
            Plugin plugin = entry.plugin();
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("id", plugin.id());
            description.put("title", plugin.title());
            if (plugin instanceof Experiment experiment) {
                description.put("question", experiment.question());
                description.put("results", experiment.results());
                description.put("expected_duration", experiment.expectedDuration());
            }
            description.put("version", entry.version());
            description.put("origin", entry.origin());
            List<Map<String, Object>> parameters = new ArrayList<>();
            for (Parameter<?> parameter : plugin.parameters()) {
                Map<String, Object> knob = new LinkedHashMap<>();
                knob.put("name", parameter.name());
                knob.put("type", parameter.type().name());
                knob.put("range", parameter.type().range());
                knob.put("default", parameter.describeDefault());
                knob.put("help", parameter.help());
                parameters.add(knob);
            }
            description.put("parameters", parameters);
            described.add(description);
        }
        return described;
    }

    private static String origin(Catalog.Entry<?> entry) {
        return entry.version().isEmpty() ? entry.origin() : entry.origin() + ", version " + entry.version();
    }

    private void print(String name, List<? extends Catalog.Entry<?>> entries) {
        console.result(name.toUpperCase(Locale.ROOT));
        for (Catalog.Entry<?> entry : entries) {
            Plugin plugin = entry.plugin();
            String duration = plugin instanceof Experiment experiment ? " (" + experiment.expectedDuration() + ")" : "";
            console.result("  " + plugin.id());
            console.result("      " + plugin.title() + duration + " [" + origin(entry) + "]");
            if (plugin instanceof Experiment experiment
                    && !experiment.question().equals(experiment.title())) {
                console.result("      " + experiment.question());
            }
            for (Parameter<?> parameter : plugin.parameters()) {
                console.result("      --set " + parameter.name() + "=...  " + parameter.help() + "; "
                        + parameter.type().range() + " (" + parameter.describeDefault() + ")");
            }
        }
        console.result("");
    }
}
