package org.superpose.runner.audit;

import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.interop.foreign.TruthTable;
import org.superpose.runner.foreign.Truth;

/**
 * What is audited, and how people call it.
 *
 * @param audit made ready
 * @param inputNames names of the inputs, or none
 * @param outputNames names of the outputs, or none
 * @param identity tells this audit from all others: a file of another is refused
 * @param built the network with its truth as gates, where that is one
 */
public record AuditSubject(
        Audit audit, FeatureNames inputNames, FeatureNames outputNames, String identity, Optional<BuiltNetwork> built) {

    /** A network against the map and the domain of its own instance. */
    public static AuditSubject of(BuiltNetwork built) {
        return new AuditSubject(
                Audit.of(built),
                built.instance().inputNames(),
                built.instance().outputNames(),
                NetworkDigest.of(built),
                Optional.of(built));
    }

    /**
     * A network against a truth from elsewhere.
     *
     * @throws InvalidInputException if they are of different sizes
     */
    public static AuditSubject of(SuperposedNetwork network, Truth truth) {
        truth.requireFits(network);
        return truth instanceof Truth.OfTable rows
                ? ofTable(network, rows.table())
                : of(new BuiltNetwork(truth.instance().orElseThrow(), network));
    }

    private static AuditSubject ofTable(SuperposedNetwork network, TruthTable table) {
        ProblemInstance nothing = Problems.define("table")
                .inputs(network.inputs())
                .minActive(table.domain().minActive())
                .maxActive(table.domain().maxActive())
                .outputs(network.outputs(), output -> Gate.constant(false))
                .build();
        return new AuditSubject(
                Audit.byEnumeration(network, table.domain(), new TableOutputs(table)),
                FeatureNames.NONE,
                FeatureNames.NONE,
                NetworkDigest.of(new BuiltNetwork(nothing, network)) + " " + table.digest(),
                Optional.empty());
    }

    /** VERIFIED, REFUTED or UNDECIDED: what a verification of the same inputs would say. */
    public static String verdict(AuditReport report) {
        if (report.wrongInputs() > 0) {
            return "REFUTED";
        }
        return report.isComplete() && report.undecidedInputs() == 0 ? "VERIFIED" : "UNDECIDED";
    }

    /** An output for people: its number, and its name if it has one. */
    public String output(int output) {
        return outputNames.isEmpty() ? Integer.toString(output) : output + " \"" + outputNames.name(output) + "\"";
    }
}
