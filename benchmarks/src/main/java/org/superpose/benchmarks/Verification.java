package org.superpose.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.interop.OnnxExporter;

/**
 * All {@value #INPUTS} inputs of a clipped network, k-and with m = m' = 1024, r = v = 3, n = 1024, on one thread; and a
 * batch of the same inputs through ONNX Runtime on all cores, which evaluates the dense network.
 */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Verification {
    static final long INPUTS = 178_957_825;
    static final int BATCH = 1024;

    private final Catalog<Verifier> verifiers =
            Catalog.load("verifier", Verifier.class, Verification.class.getClassLoader());
    private BuiltNetwork built;
    private OrtSession session;
    private OnnxTensor batch;

    /** Builds the network and hands it to ONNX Runtime. */
    @Setup
    public void build() throws IOException, OrtException {
        built = ClippedNetworks.build(ClippedNetworks.instance(1024, 3), 1024);
        Path file = Files.createTempFile("superpose", ".onnx");
        new OnnxExporter().export(built, ParameterValues.NONE, file);
        session = OrtEnvironment.getEnvironment().createSession(file.toString());
        Files.delete(file);
        int columns = built.network().inputCodes().neurons();
        RandomGenerator random = new Seed(3).generator();
        FloatBuffer states = FloatBuffer.allocate(BATCH * columns);
        for (int i = 0; i < BATCH; i++) {
            FeatureSet input = built.instance().domain().sample(random);
            states.put(new PlainEvaluator(built.network()).activations(input)[0]);
        }
        states.rewind();
        batch = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), states, new long[] {BATCH, columns});
    }

    /** Frees native memory. */
    @TearDown
    public void close() throws OrtException {
        batch.close();
        session.close();
    }

    private Verdict verify(String verifier) {
        Verdict verdict = verifiers.require(verifier).verify(built, VerificationBudget.unlimited());
        if (!(verdict instanceof Verdict.Verified) || verdict.inputsCovered().longValueExact() != INPUTS) {
            throw new IllegalStateException("not all inputs are covered: " + verdict);
        }
        return verdict;
    }

    /** Every input. */
    @Benchmark
    public Verdict exhaustive() {
        return verify("exhaustive");
    }

    /** All inputs, leaving out the branches in which nothing can fire. */
    @Benchmark
    public Verdict branchAndBound() {
        return verify("branch-and-bound");
    }

    /** A batch of inputs. */
    @Benchmark
    public long onnxRuntime() throws OrtException {
        try (OrtSession.Result result =
                session.run(Map.of(session.getInputNames().iterator().next(), batch))) {
            return result.size();
        }
    }
}
