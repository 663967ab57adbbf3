package org.superpose.runner.gallery;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.explore.ExplorerPage;
import org.superpose.runner.frontier.Certificate;
import org.superpose.runner.frontier.CertificateFiles;
import org.superpose.runner.frontier.FrontierPage;
import org.superpose.runner.frontier.FrontierRow;
import org.superpose.runner.report.Html;
import org.superpose.runner.report.Report;
import org.superpose.runner.suite.Suite;
import org.superpose.runner.workbench.Workbench;

/**
 * Writes the site: an index; an explorer's page for the narrowest network of each row of the frontier, built again from
 * its certificate; a report for each folder of results; the table of a suite; and the documentation, with the Javadoc
 * where it was made.
 */
public final class Gallery {
    private static final String SUITE = "suite.html";

    private final Path source;
    private final Site site;
    private final Consumer<String> say;
    /** The invitation to the first network, or "". */
    private String first = "";

    private boolean hasSuite;
    private final List<List<String>> networks = new ArrayList<>();
    private final Map<String, String> reports = new LinkedHashMap<>();

    /**
     * @param source the folder of the project, with README.md and docs
     * @param target the folder of the site
     * @param say is told what is done, and what is left out
     */
    public Gallery(Path source, Path target, Consumer<String> say) {
        this.source = source;
        this.site = new Site(target);
        this.say = say;
    }

    /**
     * Builds the narrowest networks of rows again and writes an explorer's page for each.
     *
     * @param budget the seconds that each may take to be built, and again to be audited; its threads
     */
    public void addNetworks(List<FrontierRow> rows, Workbench workbench, VerificationBudget budget) {
        Map<FrontierRow, List<Certificate>> all =
                CertificateFiles.readAll(source.resolve("docs").resolve("frontier"));
        all.keySet().retainAll(rows);
        all.forEach((row, certificates) -> {
            if (!certificates.isEmpty()) {
                addNetwork(row, FrontierPage.best(certificates), workbench, budget);
            }
        });
    }

    private void addNetwork(FrontierRow row, Certificate certificate, Workbench workbench, VerificationBudget budget) {
        String page = "networks/" + row.id() + ".html";
        String link = Html.escape(row.title());
        try {
            BuiltNetwork built = workbench.build(certificate.recipe(), budget.deadline());
            if (NetworkDigest.of(built).equals(certificate.digest())) {
                AuditReport report = Audit.of(built).run(budget, Optional.empty(), WrongDecisions.NONE);
                new ExplorerPage(row.title(), built, report.worst().isEmpty() ? Optional.empty() : Optional.of(report))
                        .write(site.file(page));
                link = "<a href=\"" + page + "\">" + link + "</a>";
                if (first.isEmpty()) {
                    first = "<p class=\"first\"><a href=\"" + page + "\">Run one of them: "
                            + number(certificate.width())
                            + " neurons, " + number(certificate.outputs()) + " outputs, no error on "
                            + grouped(certificate.inputsCovered()) + " inputs</a></p>\n";
                }
                say.accept(page);
            } else {
                say.accept(row.id() + " is left out: building it gave another network than its certificate says");
            }
        } catch (OutOfTimeException tooLong) {
            say.accept(row.id() + " is left out: " + tooLong.getMessage());
        }
        networks.add(List.of(
                link,
                number(certificate.outputs()),
                number(certificate.width()),
                decimal((double) certificate.outputs() / certificate.width()),
                certificate.limitRatio() == null ? "" : decimal(certificate.limitRatio()),
                "<span class=\"verified\">" + Html.escape(certificate.verdict()) + "</span>",
                grouped(certificate.inputsCovered())));
    }

    /** Writes the report of a folder of results. */
    public void addReport(Path results) {
        Report report = Report.of(List.of(results));
        String page = "reports/" + results.toAbsolutePath().normalize().getFileName() + ".html";
        report.writePage(site.file(page));
        reports.put(report.title(), page);
        say.accept(page);
    }

    /**
     * Writes the table of a suite: its networks and the scores of the baselines.
     *
     * @param suite a folder that {@code superpose suite} made
     * @throws InvalidInputException if it is none
     */
    public void addSuite(Path suite) {
        Path board = suite.resolve(Suite.LEADERBOARD);
        try {
            site.page(SUITE, Suite.NAME, "<article>\n" + Documentation.html(Files.readString(board)) + "</article>");
        } catch (NoSuchFileException missing) {
            throw new InvalidInputException(
                    suite + " has no " + Suite.LEADERBOARD + ": it must be a folder that \"superpose suite\" made",
                    missing);
        } catch (IOException unreadable) {
            throw new InvalidInputException(board + " could not be read: " + unreadable, unreadable);
        }
        hasSuite = true;
        say.accept(SUITE);
    }

    /**
     * Writes documentation, Javadoc, search and index, and looks where links lead.
     *
     * @param experiments all that are registered
     * @return the links that lead nowhere
     */
    public List<String> finish(List<Experiment> experiments) {
        Documentation documentation = new Documentation(source);
        site.resource("site.css");
        documentation.write(site);
        int modules = new ApiPages(source).write(site);
        say.accept(ApiPages.PAGE + ": " + (modules == 0 ? "no Javadoc" : "Javadoc of " + modules + " modules"));
        site.page("index.html", "Gallery", index(experiments, documentation.titles()));
        say.accept("index.html");
        return SiteLinks.broken(site.root());
    }

    private String index(List<Experiment> experiments, Map<String, String> titles) {
        StringBuilder html = new StringBuilder("<h1>Superpose: networks that compute in superposition</h1>\n"
                + "<p class=\"lead\">Small neural networks that compute far more yes-or-no features than they have"
                + " neurons, because each feature is spread over several of them. Nothing here is a sample: every network"
                + " is proved right on every allowed input.</p>\n"
                + first
                + "<p>The pages of this site need nothing but a browser.</p>\n");
        html.append("<h2 id=\"networks\">Networks</h2>\n");
        if (networks.isEmpty()) {
            html.append("<p>The site was made without networks.</p>\n");
        } else {
            html.append("<p>The narrowest verified network of each row of the frontier. Its page runs the network: type"
                            + " features, watch rows fire, switch neurons off.</p>\n")
                    .append(Html.table(
                            List.of("map", "m'", "n", "m'/n", "n/limit", "verdict", "inputs covered"), networks));
        }
        html.append("<h2 id=\"experiments\">Experiments</h2>\n");
        List<List<String>> rows = new ArrayList<>();
        Map<String, String> left = new LinkedHashMap<>(reports);
        for (Experiment experiment : experiments) {
            String page = left.remove(experiment.id());
            String id = Html.escape(experiment.id());
            rows.add(List.of(
                    page == null ? id : "<a href=\"" + Html.escape(page) + "\">" + id + "</a>",
                    Html.escape(experiment.question())));
        }
        left.forEach((title, page) ->
                rows.add(List.of("<a href=\"" + Html.escape(page) + "\">" + Html.escape(title) + "</a>", "")));
        html.append(Html.table(List.of("experiment", "what it asks"), rows));
        if (hasSuite) {
            html.append("<h2 id=\"suite\">Suite</h2>\n<p><a href=\"" + SUITE + "\">" + Suite.NAME + "</a>: networks to"
                    + " try methods of interpretability on, each with its truth, and the scores of baselines.</p>\n");
        }
        html.append("<h2 id=\"documentation\">Documentation</h2>\n<ul class=\"pages\">\n");
        html.append("<li><a href=\"" + ApiPages.PAGE + "\">API: the Javadoc of the modules</a></li>\n");
        titles.forEach((page, title) -> html.append("<li><a href=\"")
                .append(Html.escape(page))
                .append("\">")
                .append(Html.escape(title))
                .append("</a></li>\n"));
        return html.append("</ul>\n").toString();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A count that may exceed a long, in groups of three digits. */
    private static String grouped(String count) {
        return count.matches("\\d+") ? String.format(Locale.ROOT, "%,d", new BigInteger(count)) : Html.escape(count);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
