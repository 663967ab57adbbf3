package org.superpose.runner.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a query gave.
 *
 * @param columns names in order
 * @param rows values in the order of columns: String, Boolean, whole numbers, Double, null, or what else the database
 *     has
 */
public record QueryResult(List<String> columns, List<List<Object>> rows) {
    /** The rows as maps from the names of columns to values; of columns of one name the last counts. */
    public List<Map<String, Object>> maps() {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int c = 0; c < columns.size(); c++) {
                map.put(columns.get(c), row.get(c));
            }
            maps.add(map);
        }
        return maps;
    }
}
