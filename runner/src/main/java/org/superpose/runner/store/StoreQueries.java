package org.superpose.runner.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.runner.workbench.Measurement;

/** What both the writer and the readers of a store ask it. */
final class StoreQueries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<FieldNames>> NAMES = new TypeReference<>() {};

    /** Some rows in a row that have the same fields. */
    private record FieldNames(int rows, List<String> fields) {}

    private StoreQueries() {}

    static SweepIdentity sweep(Connection connection) throws SQLException {
        Map<String, String> properties = new LinkedHashMap<>();
        List<String> units = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT name, value FROM sweep ORDER BY rowid")) {
                while (rows.next()) {
                    properties.put(rows.getString(1), rows.getString(2));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT label FROM units ORDER BY unit")) {
                while (rows.next()) {
                    units.add(rows.getString(1));
                }
            }
        }
        return new SweepIdentity(properties, units);
    }

    /** The names of the fields of the rows of a unit, in order: columns know neither their order nor which of them a row has. */
    static String fieldNames(List<Measurement> measurements) {
        List<FieldNames> names = new ArrayList<>();
        for (Measurement measurement : measurements) {
            List<String> fields = List.copyOf(measurement.fields().keySet());
            int last = names.size() - 1;
            if (last >= 0 && names.get(last).fields().equals(fields)) {
                names.set(last, new FieldNames(names.get(last).rows() + 1, fields));
            } else {
                names.add(new FieldNames(1, fields));
            }
        }
        try {
            return JSON.writeValueAsString(names);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** All measurements in the order of units, with their fields in the order in which they were measured. */
    static List<StoredRow> rows(Connection connection) throws SQLException {
        Map<Integer, List<List<String>>> names = rowFields(connection);
        List<StoredRow> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM measurements ORDER BY unit, row_in_unit")) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                Map<String, Object> values = new HashMap<>();
                for (int c = 1; c <= columns.getColumnCount(); c++) {
                    values.put(columns.getColumnName(c), ColumnType.fromDatabase(rows.getObject(c)));
                }
                int unit = (Integer) values.get("unit");
                int row = (Integer) values.get("row_in_unit");
                Map<String, Object> fields = new LinkedHashMap<>();
                names.get(unit).get(row - 1).forEach(name -> fields.put(name, values.get(name)));
                found.add(new StoredRow((String) values.get("experiment"), unit, row, Measurement.of(fields)));
            }
        }
        return found;
    }

    private static Map<Integer, List<List<String>>> rowFields(Connection connection) throws SQLException {
        Map<Integer, List<List<String>>> names = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT unit, row_fields FROM units WHERE status = 'done'")) {
            while (rows.next()) {
                List<List<String>> ofUnit = new ArrayList<>();
                for (FieldNames some : JSON.readValue(rows.getString(2), NAMES)) {
                    ofUnit.addAll(Collections.nCopies(some.rows(), some.fields()));
                }
                names.put(rows.getInt(1), ofUnit);
            }
            return names;
        } catch (JsonProcessingException damaged) {
            throw new StoreException("the table units has a bad row_fields: " + damaged.getMessage(), damaged);
        }
    }
}
