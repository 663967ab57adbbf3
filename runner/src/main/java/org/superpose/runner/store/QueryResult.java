package org.superpose.runner.store;

import java.util.List;

/**
 * What a query gave.
 *
 * @param columns names in order
 * @param rows values in the order of columns: String, Boolean, whole numbers, Double, null, or what else the database
 *     has
 */
public record QueryResult(List<String> columns, List<List<Object>> rows) {}
