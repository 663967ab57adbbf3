/** The result store: one DuckDB file per output folder, written one finished unit at a time. */
package org.superpose.runner.store;
