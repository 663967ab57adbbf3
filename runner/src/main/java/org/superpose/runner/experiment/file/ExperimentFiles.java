package org.superpose.runner.experiment.file;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.document.Fields;
import org.superpose.runner.document.Located;
import org.superpose.runner.document.LocatedReader;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.WidthSearch;

/**
 * Reads experiments from YAML or JSON files and checks them against the declared parameters. For example:
 *
 * <pre>{@code
 * experiment: two-and-widths
 * title: How the success rate of two-and rises with the width
 * problem: two-and
 * construction: [clipped-and]
 * seeds: 5                 # how many, from the seed of the command; or a list of seeds
 * cases:                   # parameters that go together
 *   - {inputs: 256, outputs: 256}
 *   - {inputs: 512, outputs: 512}
 * parameters:              # a list of values is a dimension of the grid
 *   width: [96, 112, 128]
 * verifier: auto
 * budget: {max-seconds: 60}
 * columns: [outputs, width, kappa, verdict]
 * plots: [success]
 * }</pre>
 *
 * <p>{@code smallest-width: {tries: 3, from: 16, up-to: 4096, resolution: 0.01}} in the place of a width looks for the
 * smallest verified one.
 */
@Singleton
public final class ExperimentFiles {
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_COMBINATIONS = 1_000_000;
    private static final Parameter<String> NAME =
            Parameter.text("experiment", "lower-case words joined by hyphens", "the name of the experiment");

    private final Catalog<Problem> problems;
    private final Catalog<Construction> constructions;
    private final Catalog<Verifier> verifiers;

    @Inject
    public ExperimentFiles(
            Catalog<Problem> problems, Catalog<Construction> constructions, Catalog<Verifier> verifiers) {
        this.problems = problems;
        this.constructions = constructions;
        this.verifiers = verifiers;
    }

    /** Whether a name on the command line means a file rather than a registered experiment. */
    public static boolean isFile(String name) {
        return name.toLowerCase(Locale.ROOT).matches(".*\\.(yaml|yml|json)");
    }

    /** The text of a file; it is kept with the results, so that they can be told apart when the file changes. */
    public String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("there is no experiment file " + file);
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInputException(
                        file + " has " + Files.size(file) + " bytes; an experiment file may have " + LARGEST_FILE);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException otherEncoding) {
            throw new InvalidInputException(
                    "the experiment file " + file
                            + " is not UTF-8 text: save it in that encoding (not UTF-16 or Latin-1)",
                    otherEncoding);
        } catch (IOException unreadable) {
            throw new InvalidInputException(
                    "the experiment file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * The experiment that a text describes.
     *
     * @param file name for messages; a name that ends in {@code .json} is JSON, any other YAML
     * @throws InvalidInputException naming the line, the key and what is allowed
     */
    public Experiment read(String file, String text) {
        Fields fields =
                Fields.of(file, LocatedReader.read(file, text), "an experiment").only(ExperimentKey.names());
        String id = fields.require("experiment", "a name for the results", ExperimentFiles::name);
        Problem problem = fields.require("problem", "the id of a problem", problems::require);
        if (fields.find("construction").isEmpty()) {
            throw fields.refuse(fields.group().line(), "the key construction is missing: the id of one, or a list");
        }
        List<Construction> builders = fields.all("construction", constructions::require);
        Optional<WidthSearch> search =
                fields.find("smallest-width").map(value -> search(Fields.of(file, value, "smallest-width")));
        List<Plugin> owners = new ArrayList<>(builders);
        owners.add(0, problem);
        Map<String, List<String>> grid = grid(fields, owners);
        List<Assignments> cases = cases(fields, owners, grid.keySet());
        FileExperiment experiment = new FileExperiment(
                id,
                fields.find("title", title -> title).orElse("Experiment " + id),
                problem,
                builders,
                fields.find("verifier", name -> verifiers.require(name).id()).orElse("auto"),
                seeds(fields),
                cases,
                grid,
                fields.find("budget")
                        .map(value -> limits(Fields.of(file, value, "budget")))
                        .orElse(Limits.NONE),
                search,
                columns(fields),
                fields.all("plots", ExperimentFiles::plot));
        requireSettled(fields, experiment);
        return experiment;
    }

    private static String name(String text) {
        if (!text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidInputException(
                    "experiment \"" + text + "\" must be " + NAME.type().range());
        }
        return text;
    }

    private static WidthSearch search(Fields fields) {
        fields.only(List.of("tries", "from", "up-to", "resolution"));
        int from = fields.find("from", text -> whole("from", 1, ConstructionParameters.MAX_WIDTH, text))
                .orElse(8);
        int upTo = fields.find("up-to", text -> whole("up-to", from, ConstructionParameters.MAX_WIDTH, text))
                .orElse((int) Math.min(ConstructionParameters.MAX_WIDTH, 64L * from));
        return WidthSearch.upwards(
                1,
                fields.find("tries", text -> whole("tries", 1, 10_000, text)).orElse(3),
                from,
                upTo,
                fields.find(
                                "resolution",
                                text -> Parameter.real("resolution", 0, 0.999, "how close")
                                        .parse(text))
                        .orElse(0.01));
    }

    private static int whole(String name, int min, int max, String text) {
        return Parameter.whole(name, min, max, name).parse(text);
    }

    private static Limits limits(Fields fields) {
        fields.only(List.of("max-seconds", "max-inputs", "samples"));
        return new Limits(
                fields.find(
                        "max-seconds",
                        text -> Parameter.real("max-seconds", 1e-3, 1e9, "seconds")
                                .parse(text)),
                fields.find("max-inputs", text -> (long) whole("max-inputs", 1, Integer.MAX_VALUE, text)),
                fields.find("samples", text -> (long) whole("samples", 1, Integer.MAX_VALUE, text)));
    }

    private static FileExperiment.SeedChoice seeds(Fields fields) {
        Optional<Located> given = fields.find("seeds");
        if (given.isPresent() && given.get() instanceof Located.Items) {
            return new FileExperiment.SeedChoice(fields.all("seeds", ExperimentFiles::seed), 0);
        }
        return new FileExperiment.SeedChoice(
                List.of(),
                fields.find("seeds", text -> whole("seeds", 1, 1_000_000, text)).orElse(1));
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new InvalidInputException("seed \"" + text + "\" must be a 64-bit whole number", notANumber);
        }
    }

    private static List<Assignments> cases(Fields fields, List<Plugin> owners, Set<String> elsewhere) {
        Optional<Located> given = fields.find("cases");
        if (given.isEmpty()) {
            return List.of(Assignments.NONE);
        }
        if (!(given.get() instanceof Located.Items list) || list.items().isEmpty()) {
            throw fields.refuse(given.get().line(), "cases must be a list of groups of parameters");
        }
        List<Assignments> cases = new ArrayList<>();
        for (Located item : list.items()) {
            Fields one = Fields.of(fields.file(), item, "a case");
            Map<String, String> values = new LinkedHashMap<>();
            one.group().entries().forEach((name, entry) -> {
                Parameter<?> parameter = declared(one, name, entry.line(), owners);
                if (elsewhere.contains(name)) {
                    throw one.refuse(
                            entry.line(), name + " is set in parameters and in cases: it can be in one place only");
                }
                values.put(name, one.read(name, entry.value(), text -> checked(parameter, text)));
            });
            Assignments together = new Assignments(values);
            if (cases.contains(together)) {
                throw one.refuse(item.line(), "this case is in the list twice, which would count the same work twice");
            }
            cases.add(together);
        }
        return cases;
    }

    private static Map<String, List<String>> grid(Fields fields, List<Plugin> owners) {
        Map<String, List<String>> grid = new LinkedHashMap<>();
        fields.find("parameters").ifPresent(value -> {
            Fields parameters = Fields.of(fields.file(), value, "parameters");
            parameters.group().entries().forEach((name, entry) -> {
                Parameter<?> parameter = declared(parameters, name, entry.line(), owners);
                parameters.all(name, parameter::parse); // two spellings of one value are one value, given twice
                grid.put(name, parameters.all(name, text -> checked(parameter, text)));
            });
        });
        return grid;
    }

    private static String checked(Parameter<?> parameter, String text) {
        parameter.parse(text);
        return text;
    }

    private static Parameter<?> declared(Fields fields, String name, int line, List<Plugin> owners) {
        Set<String> known = new LinkedHashSet<>();
        for (Plugin owner : owners) {
            for (Parameter<?> parameter : owner.parameters()) {
                if (parameter.name().equals(name)) {
                    return parameter;
                }
                known.add(parameter.name());
            }
        }
        throw fields.refuse(
                line,
                "none of " + String.join(", ", owners.stream().map(Plugin::id).toList()) + " has a parameter \"" + name
                        + "\"" + NearestName.suggestion(name, known));
    }

    private static ReportPlot plot(String id) {
        return ReportPlot.of(id)
                .orElseThrow(() -> new InvalidInputException(
                        "there is no plot \"" + id + "\"" + NearestName.suggestion(id, ReportPlot.ids())));
    }

    private static List<String> columns(Fields fields) {
        List<String> columns = fields.all("columns", text -> text);
        return columns.isEmpty()
                ? List.of(
                        Measurement.PROBLEM,
                        Measurement.CONSTRUCTION,
                        Measurement.INPUTS,
                        Measurement.OUTPUTS,
                        Measurement.MAX_ACTIVE,
                        Measurement.SEED,
                        Measurement.WIDTH,
                        Measurement.KAPPA,
                        Measurement.LIMIT_RATIO,
                        Measurement.VERDICT,
                        Measurement.SECONDS)
                : columns;
    }

    private static void requireWidths(Fields fields, FileExperiment experiment) {
        int line = fields.find("construction").map(Located::line).orElseThrow();
        try {
            experiment.constructions().forEach(NetworkRecipe::requireWidth);
        } catch (InvalidInputException widthless) {
            throw new InvalidInputException(fields.file() + " line " + line + ": " + widthless.getMessage(), widthless);
        }
    }

    /** Insists that problem and construction find every parameter that they need, before the first unit runs. */
    private static void requireSettled(Fields fields, FileExperiment experiment) {
        int line = fields.find("parameters")
                .map(Located::line)
                .orElse(fields.group().line());
        long count = experiment.cases().size();
        for (List<String> values : experiment.grid().values()) {
            count = Math.min(Long.MAX_VALUE / 2_000_000, count * values.size());
        }
        if (count > MOST_COMBINATIONS) {
            throw fields.refuse(line, "more than " + MOST_COMBINATIONS + " combinations of parameters");
        }
        boolean searched = experiment.search().isPresent();
        if (searched) {
            requireWidths(fields, experiment);
        }
        for (Assignments combination : experiment.combinations()) {
            if (searched && combination.values().containsKey(ConstructionParameters.WIDTH.name())) {
                throw fields.refuse(line, "width and smallest-width exclude each other; drop one of them");
            }
            Assignments settled = searched ? combination.with(ConstructionParameters.WIDTH, 1) : combination;
            try {
                settled.of("problem", experiment.problem());
                experiment.constructions().forEach(construction -> settled.of("construction", construction));
            } catch (InvalidInputException unsettled) {
                throw new InvalidInputException(
                        fields.file() + " line " + line + ": " + unsettled.getMessage(), unsettled);
            }
        }
    }
}
