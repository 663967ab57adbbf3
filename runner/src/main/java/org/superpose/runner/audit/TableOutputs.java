package org.superpose.runner.audit;

import org.superpose.core.audit.ExpectedOutputs;
import org.superpose.core.feature.FeatureSet;
import org.superpose.interop.foreign.TruthTable;

/** The right answers as a table has them; outputs rest as they are on its first input. */
record TableOutputs(TruthTable table, FeatureSet resting) implements ExpectedOutputs {
    TableOutputs(TruthTable table) {
        this(table, table.row(0));
    }

    @Override
    public int outputs() {
        return table.outputs();
    }

    @Override
    public FeatureSet changes(FeatureSet active, long index) {
        return resting.symmetricDifference(table.row(index));
    }
}
