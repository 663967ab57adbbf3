package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.superpose.core.ToolVersion;
import org.superpose.core.kernel.Kernels;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code superpose doctor}: what this machine gives the tool to work with. */
@Command(
        name = "doctor",
        description = "Shows the kernels, the JDK, the processors and the memory that are used.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose doctor"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", ToolVersion.current());
        facts.put("kernel", Kernels.best().name());
        facts.put("kernel_description", Kernels.describe());
        Kernels.best().matrixKinds().forEach((kind, how) -> facts.put(kind + "_matrices", how));
        facts.put("jdk", System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")");
        facts.put("system", System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("heap_mebibytes", Runtime.getRuntime().maxMemory() >> 20);
        if (json.isSet()) {
            console.json(facts);
        } else {
            facts.forEach((name, value) -> console.result(String.format("%-20s %s", name.replace('_', ' '), value)));
        }
        return ExitStatus.DONE;
    }
}
