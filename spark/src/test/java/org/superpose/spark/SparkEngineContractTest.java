package org.superpose.spark;

import org.junit.jupiter.api.Timeout;
import org.superpose.runner.contract.EngineContract;
import org.superpose.runner.run.engine.ExecutionEngine;

/** Spark keeps the contract of engines. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkEngineContractTest extends EngineContract {
    @Override
    protected ExecutionEngine plugin() {
        return new SparkEngine();
    }

    @Override
    protected ExecutionEngine engine() {
        return StoredSweep.spark("spark.master=local[2]");
    }

    /** {@link SparkEngineTest} has units that throw. */
    @Override
    protected boolean plansAgain() {
        return true;
    }
}
