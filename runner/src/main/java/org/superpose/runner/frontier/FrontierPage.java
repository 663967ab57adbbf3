package org.superpose.runner.frontier;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.workbench.ShellWords;

/** The page {@code docs/frontier.md}: what the certificates say, beside the widths that were hoped for. */
public final class FrontierPage {
    private static final String NOTHING = "-";

    private static final String HEAD = """
            # The frontier of smallest verified widths

            The smallest width n at which a network was built and **verified on every allowed input**, for the best and
            for the median of several random instances. n is the number of neurons in the widest layer, kappa is
            n / sqrt(m' log2 m'), and n/limit compares the best width with the information limit at the bits per weight
            that the network stores (a network with more bits has a smaller limit). v = 2 unless stated. "Reach" and
            "aim" are the widths that were hoped for before. The bigrams of a text are a single instance; their seeds
            are those of the network alone.

            Permutations in a row are one permutation: `clipped` reads through layers of copies and builds one matrix
            (`layered` gives each layer a block of its own). So the chain of the table has two-ands between its
            permutations, which nothing can fold: each is a block of two matrices, proved to leave a clean state of
            zeros and ones for the next.

            In rows of one trained matrix (`trained-permutation`, `trained-gates`) no ReLU cuts: what decides is the
            threshold of the decoder on a sum over fixed codes. Such a network stands at the end of a chain. Two hops
            there are one: what an output depends on through both is read at once.

            Rows of *gates in turn* (`sequential`) are narrow and deep: each layer computes some of the gates, each on a
            neuron of its own, and keeps the features for those to come. Features, outputs and all that lies between
            two layers of gates are in superposition, and clean; what is saved in width is spent in depth, which
            n/limit counts.

            Every network here has a certificate in [docs/frontier](frontier): seeds, parameters and the digest of the
            network. Anyone can build it again, bit for bit, and verify it:

                ./superpose replay docs/frontier/permutation-4096-v1.json
                ./superpose replay --best docs/frontier/*.json

            This page is generated from the certificates, and a test fails when it is out of date. The commands below
            search a row, and then renew the certificates and this page with what was found. Each instance begins at
            the row's width, goes down or up in strides and bisects to the resolution; the tries of a width have a seed
            each, and take the variants of the settings in turn. Every network that was tried is a row of the results,
            the smallest width with its success rate and the interval of that, and `--resume` goes on where a run ended.

                ./superpose run frontier --set rows=k-and-4-v4 --set instances=5 --set probes=8 --set resolution=0.01 \\
                    --set tries=4 --set "variants=annealing-sweeps=50; code-weight=8 annealing-sweeps=100" --out found
                ./superpose frontier found

            ## Outputs read by codes

            The convention of the bounds: the codes by which outputs are read know nothing of the map.

            """;

    private static final String COLUMNS = """
            | instance | reach | aim | best n | median n | of instances | kappa | n/limit | bits per weight | holds \
            | checked by |
            |---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static final String TRAINED_READOUTS = """

            ## Outputs read by a trained matrix

            The convention of trained models in the literature: a matrix of m' x n, trained with the rest, reads the
            outputs. It holds a part of the map, and counts as one more matrix in the limit. n counts the hidden
            neurons; where the title says so, features are read directly or by trained vectors: y_0 is not in
            superposition then, only y_1 is. These widths are not to be held against those above
            ([trained.md](trained.md)).

            Rows of `trained-readout` are linear up to the thresholds: their ReLUs cut nothing, and the worst inputs
            of an output are those with the most extreme scores of single features. So what looks like computing in
            the hidden layer of a network with a trained read-out may be the read-out alone: a network whose ReLUs
            are to count has to be narrower than these.

            """;

    private static final String HOW_GOOD = """

            ## How good can it be?

            Regular two-and with m = m' and v = 2 from small to large, best instance of each size. The *limit* is
            the width at which two matrices of one bit a weight hold just the bits that tell the maps of the class
            apart (Theorem 3.2). *Willshaw's limit* is that of a clipped matrix with random patterns, which holds at
            most ln 2 = 0.69 bits an entry ([theory.md](theory.md)). The last column has the smallest verified
            network of the paper's linear construction, read by least squares ([linear.md](linear.md)).

            ![The smallest verified widths and two limits over the number of features](frontier/how-good.svg)

            """;

    /** What lines of code begin with in Markdown. */
    private static final String CODE = "    ";

    private static final int LINE = 120;

    private static final double SECONDS_OF_AN_HOUR = 3600;

    private static final String COMMANDS = """

            Seconds are for building and verifying together, on two shared processors. "Networks tried" and "hours" are
            those of the searches that found the networks of all instances, as far as they are on record: every network
            that was built, verified or not. Each of these commands writes the network of the best instance to a file;
            `./superpose verify net.superpose.zip` then verifies it, and exports to other tools are checked in the same
            way.

            """;

    private final Map<FrontierRow, List<Certificate>> certificates;
    private final Set<String> checked;
    private final String written;
    private final WidthLaw law;

    /**
     * @param certificates by row, those of a row by instance
     * @param checked the digests of networks that both independent checkers found right on the whole domain
     * @param written what people wrote for the end of the page, in Markdown
     */
    public FrontierPage(Map<FrontierRow, List<Certificate>> certificates, Set<String> checked, String written) {
        this.certificates = certificates;
        this.checked = Set.copyOf(checked);
        this.written = written.strip();
        this.law = new WidthLaw(certificates);
    }

    /** The figure of the page, if certificates of enough sizes are there. */
    public Optional<Plot> figure() {
        return law.isKnown() ? Optional.of(law.plot()) : Optional.empty();
    }

    /** The page in Markdown. */
    public String text() {
        StringBuilder page = new StringBuilder();
        page.append(HEAD);
        appendRows(page, false);
        page.append(TRAINED_READOUTS);
        appendRows(page, true);
        if (law.isKnown()) {
            page.append(HOW_GOOD).append(law.text());
        }
        page.append("""

                "Holds" says which of the two the best and the median instance achieve. "Checked by": how many of the
                instances both independent checkers of [proofs.md](proofs.md) found right on the whole domain, with
                their proofs; `tools/check_frontier.sh --record` checks the others.

                ## How each best network was built and verified

                | instance | construction | parameters chosen | matrices | verifier | inputs covered | seconds \
                | networks tried | hours |
                |---|---|---|---|---|---|---|---|---|
                """);
        certificates.forEach((row, own) -> page.append(building(row, own)));
        page.append(COMMANDS);
        certificates.forEach((row, own) -> ShellWords.wrapped(
                        best(own).recipe().command("./superpose", "net.superpose.zip"), CODE, LINE)
                .forEach(line -> page.append(line).append('\n')));
        page.append("\n## Every instance\n\n| instance | n by instance seed |\n|---|---|\n");
        certificates.forEach((row, own) -> page.append("| ")
                .append(row.title())
                .append(" | ")
                .append(own.stream()
                        .map(each -> each.instanceSeed() + ": " + each.width())
                        .collect(Collectors.joining(", ")))
                .append(" |\n"));
        return page.append('\n').append(written).append('\n').toString();
    }

    private void appendRows(StringBuilder page, boolean areReadByTrainedMatrix) {
        page.append(COLUMNS);
        FrontierRow.ALL.stream()
                .filter(row -> row.isReadByTrainedMatrix() == areReadByTrainedMatrix)
                .forEach(row -> page.append(summary(row)));
    }

    private String summary(FrontierRow row) {
        List<Certificate> own = certificates.get(row);
        String hoped = "| " + row.title() + " | " + limit(row.reach()) + " | " + limit(row.aim()) + " | ";
        if (own == null) {
            return hoped + "not measured | | | | | | | |\n";
        }
        Certificate best = best(own);
        int median = median(own);
        String held = holds(row, best.width());
        String heldByMedian = holds(row, median);
        return hoped + "**" + best.width() + "** | " + median + " | " + own.size() + " | " + real(best.kappa()) + " | "
                + real(best.limitRatio()) + " | " + real(best.bitsPerWeight()) + " | " + held
                + (heldByMedian.equals(held) ? "" : "; median: " + heldByMedian) + " | " + checkedBy(own) + " |\n";
    }

    private String checkedBy(List<Certificate> own) {
        long both = own.stream().filter(each -> checked.contains(each.digest())).count();
        return both == 0 ? NOTHING : "both, " + both + " of " + own.size();
    }

    private static String building(FrontierRow row, List<Certificate> own) {
        Certificate best = best(own);
        return "| " + row.title() + " | " + best.construction() + " | "
                + new TreeMap<>(best.chosen())
                        .entrySet().stream()
                                .filter(entry -> !entry.getKey().equals("width"))
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(" "))
                + " | " + best.matrices() + " | " + best.method() + " | " + grouped(best.inputsCovered()) + " | "
                + String.format(Locale.ROOT, "%.0f", Math.ceil(best.seconds())) + " | " + searched(own) + " |\n";
    }

    private static String searched(List<Certificate> own) {
        List<Certificate.Search> known =
                own.stream().map(Certificate::search).filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return NOTHING + " | " + NOTHING;
        }
        int networks = known.stream().mapToInt(Certificate.Search::networks).sum();
        double seconds = known.stream().mapToDouble(Certificate.Search::seconds).sum();
        String part = known.size() < own.size() ? " (for " + known.size() + " of " + own.size() + ")" : "";
        return networks + part + " | " + String.format(Locale.ROOT, "%.2f", seconds / SECONDS_OF_AN_HOUR);
    }

    /** The narrowest network; of equally narrow ones that of the first instance. */
    public static Certificate best(List<Certificate> own) {
        return own.stream().min(Comparator.comparingInt(Certificate::width)).orElseThrow();
    }

    /** The least width at which at least half of the instances are verified. */
    public static int median(List<Certificate> own) {
        return own.stream()
                .map(Certificate::width)
                .sorted()
                .skip((own.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String holds(FrontierRow row, int width) {
        if (row.aim().isPresent() && width <= row.aim().getAsInt()) {
            return "aim";
        }
        if (row.reach().isPresent() && width <= row.reach().getAsInt()) {
            return "reach";
        }
        return row.aim().isEmpty() && row.reach().isEmpty() ? NOTHING : "neither";
    }

    private static String limit(OptionalInt width) {
        return width.isEmpty() ? NOTHING : "" + width.getAsInt();
    }

    private static String real(Double value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%.2f", value);
    }

    /** Digits in groups of three. */
    private static String grouped(String digits) {
        return digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    }
}
