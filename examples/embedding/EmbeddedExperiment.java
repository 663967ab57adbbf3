import java.nio.file.Path;
import java.util.List;
import org.superpose.runner.ExperimentRun;
import org.superpose.runner.Superpose;
import org.superpose.runner.report.Report;
import org.superpose.runner.store.StoredResults;

/** Runs an experiment, keeps its results, asks a question about them and writes a report, all from Java. */
public final class EmbeddedExperiment {
    public static void main(String[] arguments) throws InterruptedException {
        Path out = Path.of(arguments[0]);
        try (Superpose superpose = Superpose.builder().threads(2).build()) {
            ExperimentRun.Results results =
                    superpose.experiment("theorem-3-2").set("sizes", "16,32").seed(1).out(out).run();
            System.out.println(results.status() + ", " + results.measurements().size() + " measurements");
        }
        try (StoredResults stored = StoredResults.open(out)) {
            System.out.println(stored.query("SELECT construction, min(width) FROM measurements GROUP BY 1 ORDER BY 1")
                    .rows());
        }
        Report.of(List.of(out)).writePage(out.resolve("report.html"));
    }
}
