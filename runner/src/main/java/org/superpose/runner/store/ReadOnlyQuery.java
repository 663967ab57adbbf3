package org.superpose.runner.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;

/**
 * Lets one statement through that only reads. The driver executes all but the last statement of a text as soon as it is
 * prepared, and a statement that writes files needs no store that can be written to; so the database's own parser is
 * asked what a text is before any of it runs.
 */
final class ReadOnlyQuery {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The parts of a query that read; others, such as an INSERT within a WITH, do not. */
    private static final Set<String> READING =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

    /** Functions that write files, set something, or run a text that the parser has not seen. */
    private static final Pattern ACTING = Pattern.compile(
            "(enable|disable|truncate|create|destroy|register|deregister)_.*"
                    + "|(force_)?checkpoint|json_execute_serialized_sql|query",
            Pattern.CASE_INSENSITIVE);

    private ReadOnlyQuery() {}

    /**
     * Insists that a text is one statement that only reads.
     *
     * @throws InvalidInputException if it is not
     */
    static void require(Connection connection, String sql) throws SQLException {
        JsonNode parsed = parse(connection, sql);
        if (parsed.path("error").asBoolean()) {
            throw refused(
                    parsed.path("error_type").asText().equals("parser")
                            ? parsed.path("error_message").asText()
                            : "it is not a query; SELECT, FROM, VALUES, WITH, DESCRIBE, SUMMARIZE, SHOW and PIVOT ... IN"
                                    + " are answered, and nothing that writes or sets something");
        }
        int statements = parsed.path("statements").size();
        if (statements != 1) {
            throw refused(
                    statements == 0
                            ? "there is no statement in it"
                            : "it has " + statements + " statements, and one is answered at a time");
        }
        for (String type : parsed.findValuesAsText("type")) {
            if (type.endsWith("_NODE") && !READING.contains(type)) {
                throw refused("it has a part that writes (" + type.replaceFirst("(_QUERY)?_NODE$", "") + ")");
            }
        }
        for (String function : parsed.findValuesAsText("function_name")) {
            if (ACTING.matcher(function).matches()) {
                throw refused("the function " + function + " does more than read");
            }
        }
    }

    private static JsonNode parse(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            statement.setString(1, sql);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return JSON.readTree(found.getString(1));
            }
        } catch (JsonProcessingException tooDeep) {
            throw refused("it is nested too deeply");
        }
    }

    private static InvalidInputException refused(String reason) {
        return new InvalidInputException("the query was refused: " + reason);
    }
}
