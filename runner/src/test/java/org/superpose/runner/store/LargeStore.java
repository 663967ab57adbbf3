package org.superpose.runner.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.superpose.runner.store.file.StoreFile;

/** A store with any number of rows, made inside the database, which is quicker than measuring. */
public final class LargeStore {
    private LargeStore() {}

    /** Fills a folder with one unit of {@code rows} rows: sixteen widths for each of twelve m', two constructions. */
    public static void fill(Path folder, int rows) throws SQLException {
        ResultStore.open(folder, SmallSweep.identity(1), SmallSweep.run(), OnExisting.REFUSE)
                .close();
        String fields = "problem, construction, inputs, outputs, max_active, layers, seed, width, kappa, width_limit,"
                + " limit_ratio, verdict, method, inputs_covered, domain_size, seconds";
        try (Connection connection = new StoreFile(folder).openForWriting();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO measurements (experiment, unit, row_in_unit, run, " + fields + ")"
                    + " SELECT 'small', 1, i + 1, 1, 'two-and',"
                    + " CASE WHEN i % 2 = 0 THEN 'clipped-and' ELSE 'dedicated' END,"
                    + " m, m, 2, 2, i // 384, w, w / sqrt(m * log2(m)), w / 3.0, 3.0,"
                    + " CASE WHEN hash(i) % 16 < k THEN 'VERIFIED' ELSE 'REFUTED' END,"
                    + " 'pairwise', m * m, m * m, w / 1000.0"
                    + " FROM (SELECT i, (i // 24) % 16 AS k, 2 ** (4 + (i // 2) % 12) AS m,"
                    + " 2 ** (4 + (i // 2) % 12) // 2 + (i // 24) % 16 AS w FROM range(" + rows + ") t(i))");
            statement.execute("UPDATE units SET status = 'done', row_fields = '[{\"rows\":" + rows + ",\"fields\":[\""
                    + fields.replace(", ", "\",\"").replace(",\" ", ",\"") + "\"]}]'");
        }
    }
}
