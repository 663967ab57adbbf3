package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.cli.option.BudgetOptions;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.SeedOption;
import org.superpose.runner.cli.option.VacuousOption;
import org.superpose.runner.cli.option.VerifierOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.cli.output.VerdictText;
import org.superpose.runner.proof.Proof;
import org.superpose.runner.proof.ProofFile;
import org.superpose.runner.proof.Statement;
import org.superpose.runner.workbench.ResumeFile;
import org.superpose.runner.workbench.ShellWords;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose prove}: verifies a network and writes a proof that others can check. */
@Command(
        name = "prove",
        description = "Verifies a network file, writes a proof that needs no trust in Superpose to be checked, and"
                + " prints the theorem.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose prove net.superpose.zip -o net.proof.zip",
            "  superpose prove net.superpose.zip --resume net.json --max-seconds 1h -o net.proof.zip"
        })
final class ProveCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Mixin
    private VerifierOption verifier = new VerifierOption();

    @Option(
            names = {"-o", "--output"},
            converter = OutputPath.class,
            required = true,
            paramLabel = "FILE.proof.zip",
            description = "The proof to write; it appears in one step when it is complete.")
    private Path output;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Goes on from what FILE says is proved, as verify does; the proof says which inputs.")
    private Path resume;

    @Mixin
    private VacuousOption vacuous = new VacuousOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Mixin
    private BudgetOptions budget = new BudgetOptions();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    ProveCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        replace.check("-o", output, ProofFile.ENDING, List.of(file.path()));
        BuiltNetwork built = file.read();
        vacuous.check(built);
        try (Interruption interruption = new Interruption()) {
            return prove(built, interruption);
        }
    }

    private int prove(BuiltNetwork built, Interruption interruption) {
        Workbench.Resumed outcome;
        try (ProgressDisplay progress = ProgressDisplay.on(console, "verifying")) {
            VerificationBudget allowed =
                    budget.budget(seed.seed()).withProgress(progress).withCancellation(interruption);
            outcome = resume == null
                    ? new Workbench.Resumed(workbench.verify(built, verifier.id(), allowed), Optional.empty())
                    : workbench.verifyResumably(built, verifier.id(), allowed, new ResumeFile(resume));
        }
        Verdict verdict = outcome.verdict();
        if (!(verdict instanceof Verdict.Verified verified)) {
            if (json.isSet()) {
                console.json(VerdictText.document(built.instance(), verdict));
            } else {
                VerdictText.lines(built.instance(), verdict).forEach(line -> console.verdict(line, 0));
            }
            console.say("nothing is proved, and " + output + " is not written"
                    + (resume == null || !(verdict instanceof Verdict.Undecided)
                            ? ""
                            : "; what is covered is kept in " + resume + ", and the same command goes on from there"));
            return ExitStatus.of(verdict);
        }
        Proof proof = Proof.of(
                built, verified, outcome.trusted().map(ProveCommand::resumed).orElse(List.of()));
        ProofFile.write(output, built, proof);
        Statement statement = new Statement(built, proof);
        if (json.isSet()) {
            Map<String, Object> document = new LinkedHashMap<>(VerdictText.document(built.instance(), verdict));
            document.put("proof_method", proof.method());
            document.put("digest", proof.network());
            document.put("digest_of_arrays", proof.arrays());
            document.put("statement", statement.words());
            document.put("citation", statement.citation());
            console.json(document);
        } else {
            console.result(statement.words());
            console.result("");
            statement.citation().lines().forEach(console::result);
            console.summary(output, output + ": a proof in " + proof.ranges().size() + " ranges");
            if (!AtomicFile.isStandardOutput(output)) {
                console.next(ShellWords.join(
                        "superpose verify", List.of(file.path().toString(), "--proof", output.toString())));
            }
        }
        return ExitStatus.DONE;
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    private static List<Proof.Resumed> resumed(ResumeFile.Trusted trusted) {
        if (!trusted.upTo().isEmpty()) {
            throw new InvalidInputException("the resume file ends within "
                    + trusted.upTo().size() + " ranges, which a proof cannot name; verify without it");
        }
        return trusted.lowest().stream()
                .map(range -> new Proof.Resumed(range[0], range[1], trusted.digest()))
                .toList();
    }
}
