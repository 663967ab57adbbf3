package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.Cancellation;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.BudgetOptions;
import org.superpose.runner.cli.option.EngineOption;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.SeedOption;
import org.superpose.runner.cli.option.SetOption;
import org.superpose.runner.cli.option.VacuousOption;
import org.superpose.runner.cli.option.VerifierOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.cli.output.VerdictText;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.proof.ProofFile;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.ResumeFile;
import org.superpose.runner.workbench.ShellWords;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose verify}: says whether the network in a file is right on every allowed input. */
@Command(
        name = "verify",
        description = "Verifies a network file on every allowed input.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose verify net.superpose.zip",
            "  superpose verify net.superpose.zip --max-seconds 1h --resume net.json"
        })
final class VerifyCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;
    private final Catalog<ExecutionEngine> engines;
    private final PluginFolder plugins;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Mixin
    private VerifierOption verifier = new VerifierOption();

    @Option(
            names = "--max-active",
            paramLabel = "V",
            description = "Verifies with this activity bound instead of the one in the file.")
    private Integer maxActive;

    @Mixin
    private VacuousOption vacuous = new VacuousOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Keeps in FILE how far the verification got, every few minutes and when the budget or Ctrl-C cuts"
                            + " it off, and goes on from there if FILE exists. What FILE says is taken on trust, and the verdict tells how much of it.")
    private Path resume;

    @Option(
            names = "--no-trust-resume",
            description = "Looks at every input, whatever the file of --resume says, and writes the file anew.")
    private boolean untrusting;

    @Option(
            names = "--proof",
            paramLabel = "FILE.proof.zip",
            description = "Verifies the network, and finds again what the proof in FILE says of it.")
    private Path proof;

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    VerifyCommand(Console console, Workbench workbench, Catalog<ExecutionEngine> engines, PluginFolder plugins) {
        this.console = console;
        this.workbench = workbench;
        this.engines = engines;
        this.plugins = plugins;
    }

    @Override
    public Integer call() throws InterruptedException {
        ExecutionEngine where = engine();
        if (resume != null && !engine.isLocal()) {
            throw new InvalidInputException("--resume goes with the engine local only, not " + engine.id());
        }
        if (untrusting && resume == null) {
            throw new InvalidInputException("--no-trust-resume goes with --resume FILE");
        }
        BuiltNetwork built = network();
        vacuous.check(built);
        if (proof != null) {
            ProofFile.read(proof).requireHolds(built);
            console.note(proof + ": what it says of the network was found again");
        }
        if (!engine.isLocal()) {
            return verify(where, built, Cancellation.NONE);
        }
        try (Interruption interruption = new Interruption()) {
            int status = verify(where, built, interruption);
            if (interruption.isRequested()) {
                sayWhatIsKept();
            }
            return status;
        }
    }

    private int verify(ExecutionEngine where, BuiltNetwork built, Cancellation cancellation)
            throws InterruptedException {
        long start = System.nanoTime();
        Workbench.Resumed outcome;
        try (ProgressDisplay progress = ProgressDisplay.on(console, "verifying")) {
            VerificationBudget allowed =
                    budget.budget(seed.seed()).withProgress(progress).withCancellation(cancellation);
            outcome = resume == null
                    ? new Workbench.Resumed(where.verify(workbench, built, verifier.id(), allowed), Optional.empty())
                    : workbench.verifyResumably(built, verifier.id(), allowed, new ResumeFile(resume, !untrusting));
        }
        Verdict verdict = outcome.verdict();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json.isSet()) {
            Map<String, Object> document = VerdictText.document(built.instance(), verdict);
            outcome.trusted()
                    .ifPresent(trusted -> document.put("taken_from_resume_file", VerdictText.document(trusted)));
            document.put("seconds", seconds);
            console.json(document);
        } else {
            VerdictText.lines(built.instance(), verdict).forEach(line -> console.verdict(line, 0));
            outcome.trusted().map(VerdictText::line).ifPresent(console::result);
            if (!cancellation.isRequested()) {
                next(verdict).ifPresent(console::next);
            }
            if (resume != null
                    && verdict instanceof Verdict.Undecided
                    && Files.exists(resume)
                    && !cancellation.isRequested()) {
                console.say("what is covered is kept in " + resume + "; the same command goes on from there");
            }
        }
        return ExitStatus.of(verdict);
    }

    /** What one is likely to want to see of a network with such a verdict. */
    private Optional<String> next(Verdict verdict) {
        String net = file.path().toString();
        if (verdict instanceof Verdict.Refuted refuted) {
            List<String> words = new ArrayList<>(List.of(net));
            for (int j : refuted.counterexample().input().toArray()) {
                words.add("--on");
                words.add(Integer.toString(j));
            }
            return Optional.of(ShellWords.join("superpose trace", words));
        }
        if (verdict instanceof Verdict.Verified) {
            String page = net.replaceFirst("(\\.superpose)?(\\.zip)?$", ".html");
            return Optional.of(ShellWords.join("superpose explore", List.of(net, "-o", page, "--open")));
        }
        return resume == null
                ? Optional.of(ShellWords.join("superpose verify", List.of(net, "--resume", net + ".json")))
                : Optional.empty();
    }

    @Override
    public Optional<String> kept() {
        return engine.isLocal()
                ? Optional.empty()
                : Optional.of("nothing is kept of a verification by engine " + engine.id());
    }

    private void sayWhatIsKept() {
        if (resume == null) {
            console.say("interrupted; nothing is kept. With --resume FILE a verification keeps how far it got");
        } else if (Files.exists(resume)) {
            console.say("interrupted; what is covered is kept in " + resume + "; the same command goes on from there");
        } else {
            console.say("interrupted; nothing is covered yet");
        }
    }

    private BuiltNetwork network() {
        BuiltNetwork built = file.read();
        try {
            return maxActive == null
                    ? built
                    : new BuiltNetwork(built.instance().withMaxActive(maxActive), built.network());
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidInputException("--" + outOfRange.getMessage(), outOfRange);
        }
    }

    private ExecutionEngine engine() {
        ChosenEngine chosen = ChosenEngine.of(engines.require(engine.id()), set.assignments(), plugins.location());
        chosen.others().values().keySet().stream().findFirst().ifPresent(name -> {
            throw new InvalidInputException("engine " + engine.id() + " has no setting \"" + name
                    + "\"; what the network was built with is in its file");
        });
        return chosen.engine();
    }
}
