package org.superpose.runner.store;

/** The file formats of a query's result that DuckDB writes. */
public enum ExportFormat {
    CSV("FORMAT csv, HEADER"),
    PARQUET("FORMAT parquet");

    private final String options;

    ExportFormat(String options) {
        this.options = options;
    }

    String options() {
        return options;
    }
}
