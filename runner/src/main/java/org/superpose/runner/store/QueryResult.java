package org.superpose.runner.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a query gave.
 *
 * @param columns names in order, each of them once: further columns of one name (whatever the case of its letters, as
 *     in SQL) are called {@code name_2}, {@code name_3} and so on
 * @param rows values in the order of columns: String, Boolean, whole numbers, Double, null, or what else the database
 *     has
 */
public record QueryResult(List<String> columns, List<List<Object>> rows) {
    /** Gives columns of one name names of their own. */
    public QueryResult {
        columns = unique(columns);
    }

    /** The names as they are, but for those that were there before, which get the first number that is free. */
    static List<String> unique(List<String> names) {
        Set<String> given = new HashSet<>();
        names.forEach(name -> given.add(folded(name)));
        Set<String> used = new HashSet<>();
        List<String> unique = new ArrayList<>();
        for (String name : names) {
            String candidate = name;
            for (int number = 2; used.contains(folded(candidate)); number++) {
                String numbered = name + "_" + number;
                candidate = given.contains(folded(numbered)) ? candidate : numbered;
            }
            used.add(folded(candidate));
            unique.add(candidate);
        }
        return List.copyOf(unique);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The rows as maps from the names of columns to values. */
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
