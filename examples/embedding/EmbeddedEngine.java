import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.superpose.runner.Superpose;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.ExecutionRequest;
import org.superpose.runner.run.engine.UnitReport;
import org.superpose.runner.workbench.Measurement;

/** Runs a search with an engine of its own, which does one unit after the other. */
public final class EmbeddedEngine {
    static final class OneByOne implements ExecutionEngine {
        @Override
        public String id() {
            return "one-by-one";
        }

        @Override
        public String title() {
            return "One unit after the other, on the thread that asks";
        }

        @Override
        public void run(ExecutionRequest request) throws InterruptedException {
            for (int number : request.numbers()) {
                if (!request.recorder().wantsMore()) {
                    return;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                WorkUnit unit = request.sweep().units().get(number);
                request.listener().started(number, unit.label());
                Instant started = Instant.now();
                long start = System.nanoTime();
                List<Measurement> rows = List.of();
                Optional<Throwable> failure = Optional.empty();
                try {
                    rows = unit.run(request.sweep().workbench(), request.sweep().budget());
                } catch (Throwable thrown) { // the other units may well work
                    failure = Optional.of(thrown);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                request.recorder().record(new UnitReport(number, unit.label(), rows, failure, started, seconds, 0));
            }
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Superpose superpose = Superpose.builder()
                .plugin(new OneByOne())
                .engine("one-by-one")
                .build();
        System.out.println(superpose
                .search("permutation", "clipped-permutation")
                .set("inputs", 64)
                .instances(3)
                .run()
                .smallest()
                .orElseThrow()
                .text("verdict"));
    }
}
