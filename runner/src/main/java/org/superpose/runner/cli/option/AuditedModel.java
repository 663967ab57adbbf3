package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.runner.audit.AuditSubject;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The network that an audit is about, and the inputs on which it is audited. */
public final class AuditedModel {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The network file.")
    private Path file;

    @Option(
            names = "--max-active",
            paramLabel = "V",
            description = "Audits inputs with at most V active features (default: what the network file says).")
    private Integer maxActive;

    @Option(
            names = "--min-active",
            paramLabel = "U",
            description = "Audits inputs with at least U active features (default: what the network file says).")
    private Integer minActive;

    /** The name that the person gave. */
    public Path file() {
        return file;
    }

    /** The files that are read. */
    public List<Path> files() {
        return List.of(file);
    }

    /** @throws InvalidInputException if a file cannot be read or a bound is out of its range */
    public AuditSubject subject() {
        BuiltNetwork built = NetworkFile.read(file);
        ProblemInstance instance = built.instance();
        return AuditSubject.of(new BuiltNetwork(instance.with(domain(instance.domain())), built.network()));
    }

    private InputDomain domain(InputDomain inside) {
        try {
            InputDomain domain = maxActive == null
                    ? inside
                    : inside.withMinActive(Math.min(inside.minActive(), maxActive))
                            .withMaxActive(maxActive);
            return minActive == null ? domain : domain.withMinActive(minActive);
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidInputException("--" + outOfRange.getMessage(), outOfRange);
        }
    }
}
