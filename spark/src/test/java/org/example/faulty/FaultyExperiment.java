package org.example.faulty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.Needs;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;

/**
 * Units that fail in each of the ways in which units and machines fail; their measurements are a pure function of their
 * number.
 */
public final class FaultyExperiment implements Experiment {
    private static final Parameter<String> FAULTS = Parameter.text("faults", "words", "what each unit does, by comma");
    private static final Parameter<String> FOLDER =
            Parameter.text("folder", "a folder", "where units leave word that they were tried");

    @Override
    public String id() {
        return "faulty";
    }

    @Override
    public String title() {
        return "Units that go wrong";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(FAULTS, FOLDER);
    }

    @Override
    public String expectedDuration() {
        return "seconds";
    }

    @Override
    public List<String> columns() {
        return List.of(Measurement.WIDTH);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        String[] faults = parameters.get(FAULTS).split(",");
        Path folder = Path.of(parameters.get(FOLDER));
        return IntStream.range(0, faults.length)
                .<WorkUnit>mapToObj(number -> new Unit(number, faults[number], folder))
                .toList();
    }

    /** The measurements of the unit with a number, whatever happened to it before. */
    public static Map<String, Object> fields(int number) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(Measurement.WIDTH, 100 + number);
        fields.put(Measurement.KAPPA, number / 3.0);
        fields.put(Measurement.LIMIT_RATIO, null);
        fields.put(Measurement.VERDICT, number % 2 == 0 ? "VERIFIED" : "REFUTED");
        fields.put(Measurement.INPUTS_COVERED, number % 3 == 0 ? "123456789012345678901" : (Object) (7L + number));
        fields.put("clean", number % 2 == 0);
        return fields;
    }

    private record Unit(int number, String fault, Path folder) implements WorkUnit {
        @Override
        public String label() {
            return fault + " " + number;
        }

        @Override
        public Needs needs() {
            return new Needs(1, 1);
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            int attempt = attempt();
            switch (fault) {
                case "works" -> {}
                case "throws-once" -> require(attempt > 0, new IllegalStateException("this disk was full"));
                case "throws-always" -> throw new IllegalStateException("this disk is full");
                case "runs-out-of-memory" -> throw new OutOfMemoryError("no more heap");
                case "bad-input" -> throw new InvalidInputException("width 3 must be 4");
                case "kills-executor-once" -> {
                    if (attempt == 0) {
                        kill();
                    }
                }
                case "kills-executor-always" -> kill();
                // The first try goes on until a second one, a speculative duplicate, has ended.
                case "waits-for-its-double" -> {
                    if (attempt == 0) {
                        await(folder.resolve("double-done"));
                    } else {
                        leave(folder.resolve("double-done"));
                    }
                }
                // Until the test releases it.
                case "waits" -> await(folder.resolve("go"));
                default -> throw new InvalidInputException("there is no fault " + fault);
            }
            return List.of(
                    Measurement.of(fields(number)).with("kernel", Kernels.best().name()));
        }

        /** The number of times that this unit was begun before, in any process. */
        private int attempt() {
            int attempt = 0;
            while (!leave(folder.resolve("tried-" + number + "-" + attempt))) {
                attempt++;
            }
            return attempt;
        }

        private static boolean leave(Path file) {
            try {
                Files.writeString(
                        Files.createFile(file),
                        Long.toString(ProcessHandle.current().pid()));
                return true;
            } catch (FileAlreadyExistsException before) {
                return false;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private static void require(boolean condition, RuntimeException otherwise) {
            if (!condition) {
                throw otherwise;
            }
        }

        private static void await(Path file) {
            while (!Files.exists(file)) {
                LockSupport.parkNanos(1_000_000);
                if (Thread.interrupted()) {
                    throw new IllegalStateException("interrupted");
                }
            }
        }

        /** As the operating system does when memory is short. */
        private static void kill() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
