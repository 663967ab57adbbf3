package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.SeedOption;
import org.superpose.runner.cli.option.ThreadsOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.cli.output.TextTable;
import org.superpose.runner.mutant.MutantCounts;
import org.superpose.runner.mutant.MutantRun;
import org.superpose.runner.mutant.Mutation;
import org.superpose.runner.mutant.VerifiedOriginals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose mutants}: the verifiers against small changes of verified networks. */
@Command(
        name = "mutants",
        description =
                "Changes verified networks of every kind in small ways and sees that no verifier lets a wrong one pass:"
                        + " each mutant is refuted, or proved equal on its whole domain.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:no verdict was false", "1:some verdict was false", "2:wrong use"},
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose mutants", "  superpose mutants --count 100k --json"})
final class MutantsCommand implements Callable<Integer>, SaysWhatIsKept {
    private static final List<String> TALLY = List.of("mutants", "equal", "refuted", "undecided", "slipped");

    private final Console console;
    private final VerifiedOriginals originals;
    private final Catalog<Verifier> verifiers;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many mutants (default: ${DEFAULT-VALUE}).")
    private int count;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    MutantsCommand(Console console, VerifiedOriginals originals, Catalog<Verifier> verifiers) {
        this.console = console;
        this.originals = originals;
        this.verifiers = verifiers;
    }

    @Override
    public Optional<String> kept() {
        return Optional.of("a run of mutants keeps nothing until it is done");
    }

    @Override
    public Integer call() {
        if (count < 1 || !threads.isInRange()) {
            throw new InvalidInputException(
                    "--count " + count + " must be at least 1, and --threads " + threads.number() + " from 1 to 4096");
        }
        List<BuiltNetwork> networks = originals.build(seed.seed());
        MutantCounts counts;
        try (ProgressDisplay progress = ProgressDisplay.on(console, "mutants")) {
            counts = new MutantRun(networks, verifiers.plugins(), seed.seed()).run(count, threads.number(), progress);
        }
        if (json.isSet()) {
            console.json(document(networks, counts));
        } else {
            print(networks, counts);
        }
        counts.slips().forEach(console::say);
        return counts.all().slipped() == 0 ? ExitStatus.DONE : ExitStatus.REFUTED;
    }

    private void print(List<BuiltNetwork> networks, MutantCounts counts) {
        List<String> headings = new ArrayList<>(List.of("mutation"));
        headings.addAll(TALLY);
        TextTable mutations = new TextTable(headings);
        counts.byMutation().forEach((mutation, tally) -> mutations.add(cells(List.of(mutation.title()), tally)));
        mutations.add(cells(List.of("all"), counts.all()));
        mutations.lines().forEach(console::result);
        console.result("");

        headings = new ArrayList<>(List.of("construction", "problem", "m", "m'", "n", "inputs"));
        headings.addAll(TALLY);
        TextTable originalsTable = new TextTable(headings);
        for (int t = 0; t < networks.size(); t++) {
            BuiltNetwork built = networks.get(t);
            List<String> names = List.of(
                    built.network().provenance().construction(),
                    built.instance().problem(),
                    Integer.toString(built.instance().inputs()),
                    Integer.toString(built.instance().outputs()),
                    Integer.toString(built.network().width()),
                    built.instance().domain().size().toString());
            originalsTable.add(cells(names, counts.byOriginal().get(t)));
        }
        originalsTable.lines().forEach(console::result);
        console.result("");

        TextTable opinions =
                new TextTable(List.of("verifier", "accepted", "verified", "refuted", "undecided", "false"));
        counts.byVerifier().forEach((verifier, each) -> {
            List<String> cells = new ArrayList<>(
                    List.of(verifier, grouped(Arrays.stream(each).sum())));
            for (int opinion : each) {
                cells.add(grouped(opinion));
            }
            opinions.add(cells);
        });
        opinions.lines().forEach(console::result);
    }

    private static List<String> cells(List<String> names, MutantCounts.Tally tally) {
        List<String> cells = new ArrayList<>(names);
        numbers(tally).forEach((name, number) -> cells.add(grouped(number)));
        return cells;
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Map<String, Integer> numbers(MutantCounts.Tally tally) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("mutants", tally.mutants());
        numbers.put("equal", tally.equal());
        numbers.put("refuted", tally.refuted());
        numbers.put("undecided", tally.undecided());
        numbers.put("slipped", tally.slipped());
        return numbers;
    }

    private static Map<String, Object> document(List<BuiltNetwork> networks, MutantCounts counts) {
        Map<String, Object> document = new LinkedHashMap<>(numbers(counts.all()));
        Map<String, Object> mutations = new LinkedHashMap<>();
        for (Mutation mutation : Mutation.values()) {
            mutations.put(
                    mutation.name().toLowerCase(Locale.ROOT),
                    numbers(counts.byMutation().get(mutation)));
        }
        document.put("mutations", mutations);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int t = 0; t < networks.size(); t++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("construction", networks.get(t).network().provenance().construction());
            row.put("problem", networks.get(t).instance().problem());
            row.putAll(numbers(counts.byOriginal().get(t)));
            rows.add(row);
        }
        document.put("networks", rows);
        document.put("verifiers", counts.byVerifier());
        return document;
    }
}
