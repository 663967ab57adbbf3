package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.BudgetOptions;
import org.superpose.runner.cli.option.ChangedPluginOption;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.VerifierOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.cli.output.VerdictText;
import org.superpose.runner.frontier.Certificate;
import org.superpose.runner.frontier.CertificateFiles;
import org.superpose.runner.frontier.FrontierPage;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose replay}: builds the networks of certificates again, compares their digests, and verifies them. */
@Command(
        name = "replay",
        description = "Builds the networks of certificates again, checks that they are the same, and verifies them.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose replay docs/frontier/two-and-regular-4096.json --best",
            "  superpose replay docs/frontier/two-and-regular-4096.json --max-seconds 10m --json"
        })
final class ReplayCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of certificates, as in docs/frontier.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--best", description = "Replays only the narrowest network of each file.")
    private boolean best;

    @Mixin
    private VerifierOption verifier = new VerifierOption();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Mixin
    private ChangedPluginOption changedPlugin = new ChangedPluginOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    ReplayCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        List<Certificate> certificates = new ArrayList<>();
        for (Path file : files) {
            List<Certificate> own = CertificateFiles.read(file);
            certificates.addAll(best && !own.isEmpty() ? List.of(FrontierPage.best(own)) : own);
        }
        certificates.forEach(this::requireSamePlugins);
        try (Interruption interruption = new Interruption()) {
            return replay(certificates, interruption);
        }
    }

    private int replay(List<Certificate> certificates, Interruption interruption) {
        List<Map<String, Object>> documents = new ArrayList<>();
        int status = ExitStatus.DONE;
        for (Certificate certificate : certificates) {
            long start = System.nanoTime();
            NetworkRecipe recipe = certificate.recipe();
            String name = certificate.row() + ", instance " + certificate.instance();
            Workbench.Outcome outcome;
            try (ProgressDisplay progress = ProgressDisplay.on(
                    console, "[" + (documents.size() + 1) + " of " + certificates.size() + "] " + name)) {
                VerificationBudget allowed = budget.budget(recipe.seed())
                        .withCancellation(interruption)
                        .withProgress(progress);
                outcome = workbench.buildAndVerify(recipe, verifier.id(), allowed);
            } catch (OutOfTimeException notBuilt) {
                if (interruption.isRequested()) {
                    break;
                }
                console.say(name + ": " + notBuilt.getMessage());
                documents.add(notBuilt(certificate, notBuilt));
                status = status == ExitStatus.DONE ? ExitStatus.UNDECIDED : status;
                continue;
            }
            if (interruption.isRequested() && outcome.verdict() instanceof Verdict.Undecided) {
                break;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            boolean same = NetworkDigest.of(outcome.built()).equals(certificate.digest());
            if (!same || outcome.verdict() instanceof Verdict.Refuted) {
                status = ExitStatus.REFUTED;
            } else if (status == ExitStatus.DONE) {
                status = ExitStatus.of(outcome.verdict());
            }
            documents.add(document(certificate, outcome.verdict(), same, seconds));
            if (!json.isSet()) {
                console.result(name + ", n = "
                        + certificate.width() + ": "
                        + (same
                                ? "the network of the certificate"
                                : "ANOTHER NETWORK than in the certificate (of version " + certificate.version() + ")")
                        + ", " + outcome.verdict().status() + " by "
                        + outcome.verdict().method() + " on "
                        + Measurement.count(outcome.verdict().inputsCovered()) + " inputs"
                        + String.format(Locale.ROOT, " in %.1f s", seconds));
            }
        }
        if (json.isSet()) {
            console.json(Map.of("certificates", documents));
        }
        if (interruption.isRequested()) {
            console.say("interrupted: " + documents.size() + " of " + certificates.size()
                    + " certificates were replayed, the rest was not looked at; a replay keeps nothing, so the same"
                    + " command starts with the first one");
        }
        return status;
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    private void requireSamePlugins(Certificate certificate) {
        List<String> changes = certificate.pluginFiles().changes(workbench.plugins());
        if (!changes.isEmpty() && !changedPlugin.isAccepted()) {
            throw new InvalidInputException(certificate.row() + ", instance " + certificate.instance()
                    + " was made with other plugins: " + String.join("; ", changes)
                    + "; give the same plugins, or go on with --accept-changed-plugin");
        }
    }

    private static Map<String, Object> document(Certificate certificate) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("row", certificate.row());
        document.put("instance", certificate.instance());
        document.put("width", certificate.width());
        return document;
    }

    private static Map<String, Object> notBuilt(Certificate certificate, OutOfTimeException reason) {
        Map<String, Object> document = document(certificate);
        document.put("same_network", null);
        document.put(Measurement.VERDICT, "UNDECIDED");
        document.put("reason", reason.getMessage());
        return document;
    }

    private static Map<String, Object> document(
            Certificate certificate, Verdict verdict, boolean same, double seconds) {
        Map<String, Object> document = document(certificate);
        document.put("same_network", same);
        document.putAll(VerdictText.fields(verdict));
        document.put("seconds", seconds);
        return document;
    }
}
