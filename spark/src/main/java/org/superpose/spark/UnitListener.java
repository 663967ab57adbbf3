package org.superpose.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hears from Spark which units have started and how far they are. Only for people who watch: Spark drops such news when
 * there is too much of it, so nothing that is counted may depend on it.
 */
final class UnitListener extends SparkListener {
    /** The local property of a job that holds the number of its unit. */
    static final String UNIT = "superpose.unit";

    /** Is told how far a unit is. */
    @FunctionalInterface
    interface Progress {
        void reached(int number, double fraction);
    }

    private final long accumulator;
    private final IntConsumer started;
    private final Progress progress;
    private final Runnable executorsChanged;
    private final Map<Integer, Integer> unitsByStage = new ConcurrentHashMap<>();

    /** @param accumulator id of the accumulator whose value in a task is the fraction that is done */
    UnitListener(long accumulator, IntConsumer started, Progress progress, Runnable executorsChanged) {
        this.accumulator = accumulator;
        this.started = started;
        this.progress = progress;
        this.executorsChanged = executorsChanged;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        String unit = event.properties() == null ? null : event.properties().getProperty(UNIT);
        if (unit != null) {
            unitsByStage.put(event.stageInfo().stageId(), Integer.valueOf(unit));
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        unitsByStage.remove(event.stageInfo().stageId());
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        Integer unit = unitsByStage.get(event.stageId());
        if (unit != null) {
            started.accept(unit);
        }
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
        for (var task : CollectionConverters.asJava(event.accumUpdates())) {
            Integer unit = unitsByStage.get((Integer) task._2());
            for (var update : CollectionConverters.asJava(task._4())) {
                if (unit != null
                        && update.id() == accumulator
                        && update.update().isDefined()) {
                    progress.reached(unit, (Double) update.update().get());
                }
            }
        }
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        executorsChanged.run();
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        executorsChanged.run();
    }
}
