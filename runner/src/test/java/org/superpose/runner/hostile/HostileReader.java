package org.superpose.runner.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.file.Npz;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DenseMatrix;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.interop.NetworkExporter;
import org.superpose.interop.NetworkImporter;
import org.superpose.interop.foreign.ForeignNetworkReader;
import org.superpose.interop.foreign.ImportSettings;
import org.superpose.interop.foreign.TruthTableFile;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.experiment.file.ExperimentFiles;
import org.superpose.runner.foreign.TensorMapFile;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/** The readers of files for which nobody vouches. Each may read a file, or refuse it in one sentence. */
enum HostileReader {
    NETWORK(".superpose.zip") {
        @Override
        void read(Path file) {
            NetworkFile.read(file);
        }

        @Override
        byte[] sound() {
            return written(file -> NetworkFile.write(file, network()));
        }
    },
    NPZ(".npz") {
        @Override
        void read(Path file) {
            NetworkImporter.read(file);
        }

        @Override
        byte[] sound() {
            return exported("npz");
        }
    },
    SAFETENSORS(".safetensors") {
        @Override
        void read(Path file) {
            NetworkImporter.read(file);
        }

        @Override
        byte[] sound() {
            return exported("safetensors");
        }
    },
    ONNX(".onnx") {
        @Override
        void read(Path file) {
            ForeignNetworkReader.read(file, ImportSettings.NONE);
        }

        @Override
        byte[] sound() {
            return foreign("and-128-v2.onnx");
        }
    },
    TENSORS(".npz") {
        @Override
        void read(Path file) {
            ForeignNetworkReader.read(file, ImportSettings.NONE);
        }

        @Override
        byte[] sound() {
            float[] weights = {1, -2, 0.5f, 3, 1, -1};
            return arrays(
                    NamedArray.dense("embed.weight", new DenseMatrix(2, 3, weights)),
                    NamedArray.dense("mlp.0.weight", new DenseMatrix(3, 2, weights)),
                    NamedArray.floats("mlp.0.bias", new float[] {0, 1, -1}),
                    NamedArray.dense("mlp.2.weight", new DenseMatrix(2, 3, weights)),
                    NamedArray.floats("mlp.2.bias", new float[] {1, -1}),
                    NamedArray.ints("step", new int[] {7}));
        }
    },
    TRUTH(".npz") {
        @Override
        void read(Path file) {
            TruthTableFile.read(file);
        }

        @Override
        byte[] sound() {
            return arrays(
                    NamedArray.scalar("features", 4),
                    NamedArray.scalar("outputs", 9),
                    NamedArray.scalar("max_active", 2),
                    NamedArray.scalar("min_active", 1),
                    new NamedArray("truth", ArrayShape.of(ElementType.UINT8, 10, 2), out -> {
                        for (int t = 0; t < 10; t++) {
                            out.putByte((byte) (37 * t));
                            out.putByte((byte) 0);
                        }
                    }));
        }
    },
    MAP(".yaml") {
        @Override
        void read(Path file) {
            TensorMapFile.read(file);
        }

        @Override
        byte[] sound() {
            return """
                    embed: W_E
                    layers:
                      - {weight: W_in, bias: b_in}
                      - {weight: W_out, bias: b_out, relu: false, skip: embed}
                    readout: {weight: W_U, orientation: in-out, on: ">= 0.9", off: "<= 0.1"}
                    """.getBytes(StandardCharsets.UTF_8);
        }
    },
    CSV(".csv") {
        @Override
        void read(Path file) {
            draw("pairs-file", file);
        }

        @Override
        byte[] sound() {
            return "first,second\nan,apple\n\"a, \"\"b\"\"\",pear\nthe,\"pe\nar\"\nä,ö\nthe,apple\n"
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    FORMULAS(".csv") {
        @Override
        void read(Path file) {
            draw("formulas", file);
        }

        @Override
        byte[] sound() {
            String wide = IntStream.range(0, 20).mapToObj(j -> "!w" + j).collect(Collectors.joining(" | "));
            return ("output,formula\nplain,a & !b ^ c | 1\n\"two, or more\",\"at-least(2, a, 3*b, -1*!'c d')\"\n"
                            + "wide," + wide + "\nodd,\"\"\"ä\"\" ^ (a ^ b)\"\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    PLA(".pla") {
        @Override
        void read(Path file) {
            draw("truth-table", file);
        }

        @Override
        byte[] sound() {
            return (".i 4\n.o 2\n.ilb a b c d\n.ob x y\n.type fr\n.p 3\n01-- 1- # comment\n--1~|-1\n1100 00\n.e\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    BLIF(".blif") {
        @Override
        void read(Path file) {
            draw("circuit", file);
        }

        @Override
        byte[] sound() {
            return (".model adder\n.inputs a b \\\n c\n.outputs s t\n.names a b half\n10 1\n01 1\n.names half c s\n11 0\n"
                            + "00 0\n.names a b half c t\n11-- 1\n--11 1 # carry\n.names one\n1\n.end\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    YAML(".yaml") {
        @Override
        void read(Path file) {
            experiment(file);
        }

        @Override
        byte[] sound() {
            return EXPERIMENT.getBytes(StandardCharsets.UTF_8);
        }
    },
    JSON(".json") {
        @Override
        void read(Path file) {
            experiment(file);
        }

        @Override
        byte[] sound() {
            String experiment = "{\"experiment\": \"sizes\", \"problem\": \"permutation\", "
                    + "\"construction\": \"dedicated\", \"seeds\": [1, 2], "
                    + "\"parameters\": {\"inputs\": [64, 128]}, \"budget\": {\"samples\": 10}}";
            return experiment.getBytes(StandardCharsets.UTF_8);
        }
    };

    static final String EXPERIMENT = """
            experiment: sizes
            problem: permutation
            construction: [linear-permutation, dedicated]
            seeds: 2
            cases:
              - {inputs: 64}
              - inputs: 2^7
                max-active: 2
            parameters:
              width: [300, 400]
            budget: {max-seconds: 60}
            columns: [outputs, width]
            """;

    private static void draw(String problem, Path file) {
        Shared.WORKBENCH.instance(problem, new Assignments(Map.of("file", file.toString())), new Seed(1));
    }

    private final String suffix;

    HostileReader(String suffix) {
        this.suffix = suffix;
    }

    /** Objects that take long to make, made once. */
    private static final class Shared {
        static final Workbench WORKBENCH = Bench.workbench();
        static final ExperimentFiles EXPERIMENTS = Bench.of(ExperimentFiles.class);
        static final BuiltNetwork NETWORK = build();

        private static BuiltNetwork build() {
            StringBuilder pairs = new StringBuilder("first,second\n");
            for (int t = 0; t < 8; t++) {
                pairs.append("left")
                        .append(t % 7)
                        .append(",right")
                        .append(t % 11)
                        .append('\n');
            }
            try {
                Path file = Files.createTempFile("pairs", ".csv");
                Files.writeString(file, pairs);
                BuiltNetwork built = WORKBENCH.build(NetworkRecipe.of(
                        "pairs-file",
                        "clipped-and",
                        Assignments.parse(List.of("file=" + file, "width=24")),
                        new Seed(1)));
                Files.delete(file);
                return built;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private interface Writing {
        void to(Path file);
    }

    static BuiltNetwork network() {
        return Shared.NETWORK;
    }

    static ExperimentFiles experiments() {
        return Shared.EXPERIMENTS;
    }

    /** Reads a file or throws {@link InvalidInputException}; anything else that is thrown is a fault. */
    abstract void read(Path file);

    /** A small, sound file. */
    abstract byte[] sound();

    private static void experiment(Path file) {
        Shared.EXPERIMENTS.read(file.getFileName().toString(), Shared.EXPERIMENTS.text(file));
    }

    byte[] exported(String format) {
        return written(file -> NetworkExporter.catalog().require(format).export(network(), ParameterValues.NONE, file));
    }

    byte[] written(Writing writing) {
        try {
            Path file = Files.createTempFile("sound", suffix);
            writing.to(file);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A model that another tool wrote. */
    private static byte[] foreign(String name) {
        try {
            return Files.readAllBytes(Path.of("..", "interop", "src", "test", "resources", "foreign", name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] arrays(NamedArray... arrays) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Npz.write(List.of(arrays), bytes);
            return bytes.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The name as in archives and on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A place for files of this kind in a folder. */
    Path in(Path folder) {
        return folder.resolve("hostile" + suffix);
    }

    /**
     * Has the reader read a hostile file.
     *
     * @return whether it was refused
     * @throws AssertionError if the reader crashes, or allocates more than the file accounts for
     */
    boolean refuses(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        return AllocationLimit.of(content.length).keep(() -> refuses(file));
    }

    private boolean refuses(Path file) {
        try {
            read(file);
            return false;
        } catch (InvalidInputException refusal) {
            if (refusal.getMessage().isBlank()) {
                throw new AssertionError("refused without a sentence", refusal);
            }
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError crash) {
            throw new AssertionError("the reader crashes", crash);
        }
    }
}
