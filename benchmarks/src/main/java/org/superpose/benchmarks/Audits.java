package org.superpose.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.superpose.core.audit.Audit;
import org.superpose.core.audit.AuditReport;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Problems;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.interop.OnnxExporter;

/**
 * The audit of a dense network of 256 features, 96 hidden neurons and 256 outputs on all {@value #INPUTS} inputs with
 * at most 3 active, and the verification of one of that size that is right, on all cores; and a batch of inputs through
 * ONNX Runtime and through numpy with its BLAS, which do not even compare the logits with anything.
 */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Audits {
    static final long INPUTS = 2_796_417;
    static final int BATCH = 1024;
    private static final int FEATURES = 256;
    private static final int HIDDEN = 96;
    private static final int OUTPUTS = 256;
    /** Evaluates one batch for each line it reads. */
    private static final String NUMPY = """
            import sys
            import numpy as np
            first, bias, second, offset, x = (np.load(sys.argv[1])[name] for name in ("w", "b", "d", "c", "x"))
            print("ready", flush=True)
            for line in sys.stdin:
                logits = np.maximum(x @ first.T + bias, 0) @ second.T + offset
                print(logits.shape[0], flush=True)
            """;

    private BuiltNetwork built;
    private BuiltNetwork right;
    private final Verifier exhaustive = Catalog.load("verifier", Verifier.class, Audits.class.getClassLoader())
            .require("exhaustive");
    private OrtSession session;
    private OnnxTensor batch;
    private final List<FeatureSet> batchInputs = new ArrayList<>();
    private Process python;
    private Writer toPython;
    private BufferedReader fromPython;

    /** Makes the network and hands it to the peers. */
    @Setup
    public void build() throws IOException, OrtException {
        float[] first = RandomFloats.of(HIDDEN * FEATURES, "first");
        float[] second = RandomFloats.of(OUTPUTS * HIDDEN, "second");
        float[] offset = new float[OUTPUTS];
        Arrays.fill(offset, -25); // some 2 % of the inputs are wrong
        InputDomain domain = InputDomain.sparse(FEATURES, 3);
        SuperposedNetwork network = network(domain, first, second, offset);
        RandomGenerator random = new Seed(4).generator();
        ProblemInstance instance = Problems.define("pairs")
                .inputs(FEATURES)
                .maxActive(3)
                .outputs(OUTPUTS, i -> Gate.and(domain.sample(2, random).toArray()))
                .build();
        built = new BuiltNetwork(instance, network);
        right = right(domain);
        float[] x = new float[BATCH * FEATURES];
        for (int i = 0; i < BATCH; i++) {
            batchInputs.add(domain.sample(random));
            for (int feature : batchInputs.get(i).toArray()) {
                x[i * FEATURES + feature] = 1;
            }
        }
        Path file = Files.createTempFile("superpose", ".onnx");
        new OnnxExporter().export(built, ParameterValues.NONE, file);
        session = OrtEnvironment.getEnvironment().createSession(file.toString());
        Files.delete(file);
        batch = OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(x), new long[] {BATCH, FEATURES});
        startPython(first, second, offset, x);
    }

    /**
     * ANDs of pairs among 48 features, of which neurons of their own hold copies, beside as many others; all hear
     * noise.
     */
    private static BuiltNetwork right(InputDomain domain) {
        float[] first = RandomFloats.of(HIDDEN * FEATURES, "right, first");
        float[] second = RandomFloats.of(OUTPUTS * HIDDEN, "right, second");
        for (int t = 0; t < first.length; t++) {
            first[t] *= 1e-2f;
        }
        for (int t = 0; t < second.length; t++) {
            second[t] *= 1e-2f;
        }
        int copied = HIDDEN / 2;
        int[][] pairs = new int[OUTPUTS][];
        for (int j = 0; j < copied; j++) {
            first[j * FEATURES + j] = 1;
        }
        for (int i = 0; i < OUTPUTS; i++) {
            pairs[i] = new int[] {i % copied, (i + 1 + i / copied) % copied};
            for (int feature : pairs[i]) {
                second[i * HIDDEN + feature] = 1;
            }
        }
        float[] offset = new float[OUTPUTS];
        Arrays.fill(offset, -1.5f);
        return new BuiltNetwork(
                Problems.define("pairs")
                        .inputs(FEATURES)
                        .maxActive(3)
                        .outputs(OUTPUTS, i -> Gate.and(pairs[i]))
                        .build(),
                network(domain, first, second, offset));
    }

    private static SuperposedNetwork network(InputDomain domain, float[] first, float[] second, float[] offset) {
        return new SuperposedNetwork(
                Codes.identity(FEATURES),
                List.of(
                        new Layer(new DenseMatrix(HIDDEN, FEATURES, first), new float[HIDDEN]),
                        Layer.linear(new DenseMatrix(OUTPUTS, HIDDEN, second), offset)),
                Decoder.readout(new float[OUTPUTS]),
                domain,
                false,
                new Provenance("random", Map.of(), 0, Map.of()));
    }

    private void startPython(float[] first, float[] second, float[] offset, float[] x) throws IOException {
        Path arrays = NumPyArrays.write(Map.of(
                "w", new NumPyArrays.Matrix(HIDDEN, FEATURES, first),
                "b", new NumPyArrays.Matrix(1, HIDDEN, new float[HIDDEN]),
                "d", new NumPyArrays.Matrix(OUTPUTS, HIDDEN, second),
                "c", new NumPyArrays.Matrix(1, OUTPUTS, offset),
                "x", new NumPyArrays.Matrix(BATCH, FEATURES, x)));
        python = new ProcessBuilder("python3", "-c", NUMPY, arrays.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        toPython = python.outputWriter(StandardCharsets.UTF_8);
        fromPython = new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8));
        requireAnswer("ready");
        Files.delete(arrays);
    }

    private void requireAnswer(String expected) throws IOException {
        String answer = fromPython.readLine();
        if (!expected.equals(answer)) {
            throw new IllegalStateException("python3 with numpy is needed: it answered " + answer);
        }
    }

    /** Frees native memory and ends the other process. */
    @TearDown
    public void close() throws OrtException, IOException {
        batch.close();
        session.close();
        toPython.close();
        python.destroy();
    }

    /** Every input, every output. */
    @Benchmark
    public AuditReport audit() {
        int threads = Runtime.getRuntime().availableProcessors();
        AuditReport report = Audit.of(built)
                .run(VerificationBudget.unlimited().withThreads(threads), Optional.empty(), WrongDecisions.NONE);
        if (!report.isComplete() || report.inputs().longValueExact() != INPUTS) {
            throw new IllegalStateException("not all inputs are covered: " + report.inputs());
        }
        return report;
    }

    /** Every input, every output, of a network that is right. */
    @Benchmark
    public Verdict verification() {
        int threads = Runtime.getRuntime().availableProcessors();
        Verdict verdict =
                exhaustive.verify(right, VerificationBudget.unlimited().withThreads(threads));
        if (!(verdict instanceof Verdict.Verified)) {
            throw new IllegalStateException(verdict.toString());
        }
        return verdict;
    }

    /** A batch of inputs, each wrong decision counted. */
    @Benchmark
    public long countedByOnnxRuntime() throws OrtException {
        FloatBuffer x = FloatBuffer.allocate(BATCH * FEATURES);
        for (int i = 0; i < BATCH; i++) {
            for (int s = 0; s < batchInputs.get(i).size(); s++) {
                x.put(i * FEATURES + batchInputs.get(i).get(s), 1);
            }
        }
        long wrong = 0;
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), x, new long[] {BATCH, FEATURES});
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int i = 0; i < BATCH; i++) {
                FeatureSet expected = built.instance().evaluate(batchInputs.get(i));
                for (int o = 0; o < OUTPUTS; o++) {
                    wrong += logits.get(i * OUTPUTS + o) >= 0 != expected.contains(o) ? 1 : 0;
                }
            }
        }
        return wrong;
    }

    /** A batch of inputs. */
    @Benchmark
    public long onnxRuntime() throws OrtException {
        try (OrtSession.Result result =
                session.run(Map.of(session.getInputNames().iterator().next(), batch))) {
            return result.size();
        }
    }

    /** A batch of inputs. */
    @Benchmark
    public void numpy() throws IOException {
        toPython.write("\n");
        toPython.flush();
        requireAnswer(Integer.toString(BATCH));
    }
}
