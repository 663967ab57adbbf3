package org.superpose.runner.audit;

import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;

/**
 * What is audited, and how people call it.
 *
 * @param audit made ready
 * @param inputNames names of the inputs, or none
 * @param outputNames names of the outputs, or none
 * @param identity tells this audit from all others: a file of another is refused
 */
public record AuditSubject(Audit audit, FeatureNames inputNames, FeatureNames outputNames, String identity) {

    /** A network against the map and the domain of its own instance. */
    public static AuditSubject of(BuiltNetwork built) {
        return new AuditSubject(
                Audit.of(built),
                built.instance().inputNames(),
                built.instance().outputNames(),
                NetworkDigest.of(built));
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
