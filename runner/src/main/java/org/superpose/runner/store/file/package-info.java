/** The DuckDB file of a store: who may open it, when it is written, and the types of its columns. */
package org.superpose.runner.store.file;
