package org.superpose.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.spark.FutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.rdd.AsyncRDDActions;
import org.apache.spark.util.ShutdownHookManager;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.run.engine.EngineSettings;
import org.superpose.runner.workbench.Workbench;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** A Spark application, from its start to its end: what is set, and what the executors are sent before any work. */
final class SparkCluster implements AutoCloseable {
    private static final String MASTER = "spark.master";
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
    private static final String INCUBATOR = "jdk.incubator.vector";

    private final JavaSparkContext context;
    private final PluginArchive plugins;

    private SparkCluster(JavaSparkContext context, PluginArchive plugins) {
        this.context = context;
        this.plugins = plugins;
    }

    /**
     * Starts an application.
     *
     * @param name what the cluster shows
     * @param settings Spark properties, which go before those that spark-submit or the command line of Java gave
     * @param threads how many tasks run at the same time where no master is named and the tasks run in this process
     * @throws InvalidInputException if Spark refuses a property, or cannot reach the master
     */
    static SparkCluster open(String name, EngineSettings settings, int threads) {
        SparkConf properties = properties(name, settings, threads);
        JavaSparkContext context;
        try {
            context = new JavaSparkContext(properties);
        } catch (Exception refused) { // Spark throws checked exceptions that it does not declare
            throw new InvalidInputException("Spark could not be started: " + refused.getMessage(), refused);
        }
        try {
            return new SparkCluster(context, PluginArchive.ship(settings.pluginFolder(), context.sc()));
        } catch (RuntimeException broken) {
            context.close();
            throw broken;
        }
    }

    private static SparkConf properties(String name, EngineSettings settings, int threads) {
        SparkConf properties = new SparkConf();
        settings.values().forEach(properties::set);
        properties.setIfMissing(MASTER, "local[" + threads + "]");
        properties.setIfMissing("spark.app.name", name);
        if (isLocal(properties.get(MASTER))) {
            // Nobody else talks to it: no page, and no need for a name that others can resolve.
            properties.setIfMissing("spark.ui.enabled", "false");
            properties.setIfMissing("spark.driver.host", "127.0.0.1");
            properties.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        } else {
            ownJar().ifPresent(jar -> addJar(properties, jar));
        }
        String options = properties.get(EXECUTOR_OPTIONS, "");
        if (!options.contains(INCUBATOR)) {
            properties.set(EXECUTOR_OPTIONS, ("--add-modules " + INCUBATOR + " " + options).strip());
        }
        return properties;
    }

    static boolean isLocal(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    /** The one jar that holds all of Superpose, if this process was started from it; executors are sent it. */
    private static Optional<Path> ownJar() {
        CodeSource source = SparkCluster.class.getProtectionDomain().getCodeSource();
        CodeSource runner = Workbench.class.getProtectionDomain().getCodeSource();
        if (source == null || runner == null || !source.getLocation().equals(runner.getLocation())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI())).filter(Files::isRegularFile);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void addJar(SparkConf properties, Path jar) {
        String jars = properties.get("spark.jars", "");
        if (!jars.contains(jar.getFileName().toString())) { // spark-submit has listed it already
            properties.set("spark.jars", jars.isEmpty() ? jar.toString() : jars + "," + jar);
        }
    }

    /** A job that was submitted. */
    static final class Job {
        private final FutureAction<Seq<byte[]>> future;

        private Job(FutureAction<Seq<byte[]>> future) {
            this.future = future;
        }

        void cancel() {
            future.cancel();
        }
    }

    /**
     * Submits a job of one task. Spark hands over one result, whatever it retried or ran twice.
     *
     * @param description what the cluster shows
     * @param input of the task
     * @param whenEnded is called on a thread of Spark
     */
    Job submit(String description, int input, Function<Integer, byte[]> task, Consumer<JobEnd> whenEnded) {
        context.setJobDescription(description);
        FutureAction<Seq<byte[]>> future = new AsyncRDDActions<>(
                        context.parallelize(List.of(input), 1).map(task).rdd(), ClassTag$.MODULE$.apply(byte[].class))
                .collectAsync();
        future.onComplete(
                result -> {
                    whenEnded.accept(
                            result.isSuccess()
                                    ? new JobEnd.Done(result.get().head())
                                    : new JobEnd.Failed(result.failed().get()));
                    return BoxedUnit.UNIT;
                },
                ExecutionContext.fromExecutor(Runnable::run));
        return new Job(future);
    }

    JavaSparkContext context() {
        return context;
    }

    /** Where executors find the plugins. */
    PluginArchive plugins() {
        return plugins;
    }

    /** Whether the tasks run in this process. */
    boolean isLocal() {
        return context.isLocal();
    }

    /** How many times a task is tried before its job is given up. */
    int attempts() {
        String master = context.master();
        if (isLocal(master)) {
            int comma = master.indexOf(',');
            return comma < 0
                    ? 1
                    : Integer.parseInt(
                            master.substring(comma + 1, master.length() - 1).strip());
        }
        return context.getConf().getInt("spark.task.maxFailures", 4);
    }

    /** How many tasks the cluster runs at the same time, as far as its executors have joined. */
    int slots() {
        int perTask = context.getConf().getInt("spark.task.cpus", 1);
        return Math.max(1, context.defaultParallelism() / perTask);
    }

    /** The threads of one executor, among which its tasks share. */
    int threadsOfExecutor() {
        if (isLocal()) {
            return context.defaultParallelism();
        }
        // Kubernetes and YARN give one core unless told otherwise, a stand-alone worker all that it has.
        boolean oneByDefault =
                context.master().startsWith("k8s") || context.master().startsWith("yarn");
        return context.getConf().getInt("spark.executor.cores", oneByDefault ? 1 : Integer.MAX_VALUE);
    }

    /** How many processes work; one where the tasks run in this process. */
    int executors() {
        int members = context.statusTracker().getExecutorInfos().length; // this process is one of them
        return isLocal() ? 1 : Math.max(0, members - 1);
    }

    /**
     * To be called when a job failed: does not return if the application as a whole is gone.
     *
     * @throws IllegalStateException if the cluster ended the application
     */
    void requireRunning(Throwable failure) throws InterruptedException {
        if (!context.sc().isStopped()) {
            return;
        }
        if (ShutdownHookManager.inShutdown()) {
            // This process was told to end and Spark has heard of it first: nothing is to be reported any more.
            new CountDownLatch(1).await();
        }
        throw new IllegalStateException("the Spark application was ended: " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        context.close();
        try {
            plugins.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
