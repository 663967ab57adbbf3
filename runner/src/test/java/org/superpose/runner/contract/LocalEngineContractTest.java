package org.superpose.runner.contract;

import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.LocalEngine;

/** The engine of this process keeps the contract of plugins. */
class LocalEngineContractTest extends EngineContract {
    @Override
    protected ExecutionEngine plugin() {
        return new LocalEngine();
    }
}
