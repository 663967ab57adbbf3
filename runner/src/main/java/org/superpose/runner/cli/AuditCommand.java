package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.verify.Cancellation;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.audit.AuditFile;
import org.superpose.runner.audit.AuditSubject;
import org.superpose.runner.audit.AuditText;
import org.superpose.runner.audit.WrongDecisionFile;
import org.superpose.runner.cli.option.AuditedModel;
import org.superpose.runner.cli.option.EngineOption;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.TimeOptions;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.report.AuditPage;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose audit}: counts every wrong input of a network, ours or one made elsewhere. */
@Command(
        name = "audit",
        description = "Goes through all inputs of a network, and says on how many it is wrong, where, and by how much.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose audit net.superpose.zip", "  superpose audit model.onnx --truth pairs.csv --max-active 2"
        })
final class AuditCommand implements Callable<Integer>, SaysWhatIsKept {
    private final Console console;
    private final Workbench workbench;
    private final Catalog<ExecutionEngine> engines;
    private final PluginFolder plugins;

    @Mixin
    private AuditedModel model = new AuditedModel();

    @Mixin
    private TimeOptions time = new TimeOptions();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Keeps in FILE what was found when time runs out, and goes on from there if FILE exists."
                    + " What FILE says is taken on trust.")
    private Path resume;

    @Option(
            names = "--wrong",
            paramLabel = "FILE",
            description = "Writes every wrong input and output into a .parquet, .npz or .csv file.")
    private Path wrong;

    @Option(
            names = "--page",
            converter = OutputPath.class,
            paramLabel = "FILE.html",
            description = "Writes a page with the margins, the errors by output and by number active.")
    private Path page;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    AuditCommand(Console console, Workbench workbench, Catalog<ExecutionEngine> engines, PluginFolder plugins) {
        this.console = console;
        this.workbench = workbench;
        this.engines = engines;
        this.plugins = plugins;
    }

    @Override
    public Integer call() throws InterruptedException {
        checkFiles();
        ExecutionEngine where = model.engine(engines.require(engine.id()), plugins.location());
        AuditSubject subject = model.subject(workbench, console::note);
        subject.audit().obstacle(time.time()).ifPresent(obstacle -> {
            throw new InvalidInputException(obstacle);
        });
        Optional<AuditFile> kept = Optional.ofNullable(resume).map(AuditFile::new);
        kept.ifPresent(AuditFile::requireWritable);
        Optional<AuditReport> before = kept.flatMap(file -> file.read(subject));
        try (Interruption interruption = new Interruption()) {
            int status = audit(where, subject, kept, before, interruption);
            if (interruption.isRequested()) {
                console.say(
                        resume == null
                                ? "interrupted; nothing is kept. With --resume FILE an audit keeps what it found"
                                : "interrupted; what was found is kept in " + resume
                                        + "; the same command goes on from there");
            }
            return status;
        }
    }

    @Override
    public Optional<String> kept() {
        return Optional.empty();
    }

    private int audit(
            ExecutionEngine where,
            AuditSubject subject,
            Optional<AuditFile> kept,
            Optional<AuditReport> before,
            Interruption interruption)
            throws InterruptedException {
        long start = System.nanoTime();
        AuditReport report = run(where, subject, before, interruption);
        double seconds = (System.nanoTime() - start) / 1e9;
        kept.ifPresent(file -> file.write(subject, report));
        if (page != null) {
            new AuditPage(model.file().getFileName().toString(), subject, report).write(page);
            console.note("the page is " + page);
        }
        Console results = page == null ? console : console.beside(page);
        if (json.isSet()) {
            Map<String, Object> document = AuditText.document(subject, report);
            before.ifPresent(earlier -> document.put("taken_from_resume_file", earlier.inputs()));
            document.put("seconds", seconds);
            results.json(document);
        } else {
            AuditText.lines(subject, report).forEach(line -> results.verdict(line, 0));
            before.ifPresent(earlier -> results.result(String.format(
                    "%,d of the inputs were not looked at in this run, but taken from %s on trust",
                    earlier.inputs(), resume)));
            if (resume != null && !report.isComplete() && !interruption.isRequested()) {
                console.say("what was found is kept in " + resume + "; the same command goes on from there");
            }
        }
        return switch (AuditSubject.verdict(report)) {
            case "VERIFIED" -> ExitStatus.DONE;
            case "REFUTED" -> ExitStatus.REFUTED;
            default -> ExitStatus.UNDECIDED;
        };
    }

    private AuditReport run(
            ExecutionEngine where, AuditSubject subject, Optional<AuditReport> before, Cancellation cancellation)
            throws InterruptedException {
        try (ProgressDisplay progress = ProgressDisplay.on(console, "auditing")) {
            VerificationBudget allowed = time.time().withProgress(progress).withCancellation(cancellation);
            if (!engine.isLocal()) {
                return where.audit(
                        subject.built()
                                .orElseThrow(() -> new InvalidInputException("--engine " + engine.id()
                                        + " sends the truth as gates, but here it is a table of bits:"
                                        + " \"superpose import\" makes gates of it")),
                        allowed);
            }
            if (wrong == null) {
                return subject.audit().run(allowed, before, WrongDecisions.NONE);
            }
            try (WrongDecisionFile decisions = new WrongDecisionFile(
                    "--wrong", wrong, subject.audit().domain().maxActive())) {
                AuditReport report = subject.audit().run(allowed, before, decisions);
                long count = decisions.finish();
                console.note(String.format("%,d wrong decisions are in %s", count, wrong));
                return report;
            }
        }
    }

    private void checkFiles() {
        if (!engine.isLocal() && (wrong != null || resume != null)) {
            throw new InvalidInputException("--wrong and --resume go with the engine local only, not " + engine.id());
        }
        if (wrong != null && resume != null) {
            throw new InvalidInputException(
                    "--wrong does not go with --resume: the file of a run that is resumed does not"
                            + " hold the wrong inputs of the run before");
        }
        List<Path> read = new ArrayList<>(model.files());
        if (wrong != null) {
            replace.check("--wrong", wrong, WrongDecisionFile.ending("--wrong", wrong), read);
        }
        if (page != null) {
            replace.check("--page", page, ".html", read);
        }
    }
}
