package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.NetworkFileParameter;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.TextTable;
import org.superpose.runner.trace.FeatureFinder;
import org.superpose.runner.trace.Trace;
import org.superpose.runner.trace.TraceText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose trace}: runs a network on an input that somebody chose. */
@Command(
        name = "trace",
        description = "Runs a network on one input: which rows fire, and why, what the outputs read, and the truth.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:right, or the input is outside the domain", "1:wrong on an input of the domain"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose trace net.superpose.zip --on 17 --on 230",
            "  superpose trace bigrams.superpose.zip --on free --on software --json"
        })
final class TraceCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private NetworkFileParameter file = new NetworkFileParameter();

    @Option(
            names = "--on",
            paramLabel = "NAME|INDEX",
            description = "An active input, by name, the beginning of one, or index; once for each. A middle dot may be"
                    + " typed as a full stop, or left out. \"inspect --features\" lists the names.")
    private List<String> on = new ArrayList<>();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        BuiltNetwork built = file.read();
        FeatureNames names = built.instance().inputNames();
        List<FeatureFinder.Found> found = new FeatureFinder(
                        "--on", names, built.network().inputs())
                .findAll(on, built.instance().domain());
        for (FeatureFinder.Found each : found) {
            String name = names.name(each.feature());
            if (!name.equals(each.typed()) && !each.typed().matches("[+]?\\d+")) {
                console.say("\"" + each.typed() + "\" is taken for \"" + name + "\"");
            }
        }
        Trace trace = Trace.of(built, FeatureFinder.input(found));
        TraceText text = new TraceText(trace);
        if (json.isSet()) {
            console.json(text.document());
        } else {
            text.lines().forEach(console::result);
            TextTable table = new TextTable(text.headings());
            text.cells().forEach(table::add);
            table.lines().forEach(console::result);
            console.result(text.summary());
        }
        return trace.isRight() || !trace.isInDomain() ? ExitStatus.DONE : ExitStatus.REFUTED;
    }
}
