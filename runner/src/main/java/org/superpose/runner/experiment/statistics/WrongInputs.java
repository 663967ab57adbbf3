package org.superpose.runner.experiment.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.NetworkStatistic;

/** On how many inputs of its domain a network is wrong, counted one by one. */
public record WrongInputs() implements NetworkStatistic {
    /** Inputs on which an output is wrong, or within rounding of it. */
    public static final String WRONG = "wrong_inputs";

    /** The share of the inputs on which every output is right. */
    public static final String ACCURACY = "accuracy";

    @Override
    public Map<String, Object> measure(BuiltNetwork built) {
        AuditReport report = Audit.of(built).run(VerificationBudget.unlimited(), Optional.empty(), WrongDecisions.NONE);
        long wrong = report.wrongInputs() + report.undecidedInputs();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(WRONG, wrong);
        fields.put(ACCURACY, 1 - wrong / report.inputs().doubleValue());
        return fields;
    }
}
