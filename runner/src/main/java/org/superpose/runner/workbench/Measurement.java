package org.superpose.runner.workbench;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.superpose.core.InvalidInputException;
import org.superpose.core.plugin.PluginFiles;

/**
 * One row of results: values by field name, in the order in which they are shown. Immutable.
 *
 * <p>The names are the same snake_case words in JSON, in the result store and in the docs; a parameter
 * {@code max-active} is the field {@code max_active}. A value is a String, Boolean, Integer, Long or Double, or null
 * where it does not apply; counts beyond 2^53 are Strings.
 */
public final class Measurement {
    public static final String PROBLEM = "problem";
    public static final String CONSTRUCTION = "construction";
    public static final String INPUTS = "inputs";
    public static final String OUTPUTS = "outputs";
    public static final String MAX_ACTIVE = "max_active";
    public static final String FAN_IN = "fan_in";
    public static final String SEED = "seed";
    public static final String INSTANCE_SEED = "instance_seed";
    public static final String WIDTH = "width";
    /** The width of the linear encoder, which {@link #WIDTH} does not count; only networks made elsewhere have it. */
    public static final String EMBEDDING_WIDTH = "embedding_width";

    /**
     * The full weight matrices; a read-out of logits and a dense encoder, which may depend on the map, are matrices.
     */
    public static final String LAYERS = "layers";

    /**
     * The matrices that {@link #WIDTH_LIMIT} counts, by name, where they are not just those between layers of neurons.
     */
    public static final String WIDTH_LIMIT_COUNTS = "width_limit_counts";

    public static final String SUPERPOSITION_RATIO = "superposition_ratio";
    public static final String KAPPA = "kappa";
    public static final String WIDTH_LIMIT = "width_limit";
    public static final String LIMIT_RATIO = "limit_ratio";
    public static final String WEIGHT_BITS = "weight_bits";
    public static final String BIT_EFFICIENCY = "bit_efficiency";
    public static final String VERDICT = "verdict";
    public static final String METHOD = "method";
    public static final String INPUTS_COVERED = "inputs_covered";
    public static final String DOMAIN_SIZE = "domain_size";
    public static final String SECONDS = "seconds";
    public static final String TRIES = "tries";
    public static final String SUCCESS_RATE = "success_rate";
    /** The ends of the 95 % Clopper-Pearson interval of the success rate. */
    public static final String SUCCESS_RATE_LOW = "success_rate_low";

    public static final String SUCCESS_RATE_HIGH = "success_rate_high";
    public static final String INSTANCES = "instances";
    /** The active features of a counterexample, joined by spaces; only rows that were refuted have one. */
    public static final String COUNTEREXAMPLE_INPUT = "counterexample_input";

    public static final String COUNTEREXAMPLE_OUTPUT = "counterexample_output";
    public static final String COUNTEREXAMPLE_EXPECTED = "counterexample_expected";

    /** The plugins that made the row, as {@link PluginFiles} writes them; only rows that any took part in have it. */
    public static final String PLUGINS = "plugins";

    /** The verdict of a network that is right on every input. */
    public static final String VERIFIED = "VERIFIED";
    /** In the place of a verdict: the width was too small for the construction to build anything. */
    public static final String TOO_SMALL = "TOO SMALL";
    /** In the place of a verdict: the construction did not build the network within the seconds that it had. */
    public static final String OUT_OF_TIME = "OUT OF TIME";
    /** In the place of a verdict: no network of any width that was tried was verified. */
    public static final String NOT_FOUND = "NOT FOUND";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private final Map<String, Object> fields;

    private Measurement(Map<String, Object> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    /**
     * A row with these fields, in their order.
     *
     * @throws InvalidInputException if a name is not in snake_case, or a value is of another type than those above
     */
    public static Measurement of(Map<String, ?> fields) {
        fields.forEach(Measurement::require);
        return new Measurement(new LinkedHashMap<>(fields));
    }

    /** Names are columns of the result store too, where WIDTH and width are one. */
    private static void require(String field, Object value) {
        if (field == null || !NAME.matcher(field).matches()) {
            throw new InvalidInputException("a measurement has the field \"" + field
                    + "\"; names are lower-case words of letters and digits that begin with a letter, joined by _");
        }
        if (!(value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double)) {
            throw new InvalidInputException("the field " + field + " of a measurement is a "
                    + value.getClass().getName() + "; allowed are String, Boolean, Integer, Long, Double and null");
        }
    }

    /** The field name of a parameter. */
    public static String fieldOf(String parameterName) {
        return parameterName.replace('-', '_');
    }

    /** A count as a value of a row: a number up to 2^53, a text beyond, where JSON readers lose digits. */
    public static Object count(BigInteger count) {
        return count.bitLength() <= 53 ? (Object) count.longValueExact() : count.toString();
    }

    /**
     * This row with one more field, or with another value of an old one.
     *
     * @throws InvalidInputException as {@link #of} does
     */
    public Measurement with(String field, Object value) {
        require(field, value);
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Measurement(more);
    }

    /** The plugins that made this row, besides what is Superpose's own. */
    public PluginFiles plugins() {
        return PluginFiles.parse(text(PLUGINS));
    }

    /** This row, with these among the plugins that made it. */
    public Measurement madeWith(PluginFiles plugins) {
        return plugins.isEmpty() ? this : with(PLUGINS, plugins().and(plugins).toString());
    }

    /** Whether the row is that of a network that is right on every input. */
    public boolean isVerified() {
        return text(VERDICT).equals(VERIFIED);
    }

    /** The value of a field, or empty if the row does not have it or it does not apply. */
    public Optional<Object> find(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The value of a field that is a whole number. */
    public long whole(String field) {
        return ((Number) find(field).orElseThrow()).longValue();
    }

    /** The value of a field as text, or "" if the row does not have it. */
    public String text(String field) {
        return find(field).map(Object::toString).orElse("");
    }

    /** All fields in order; unmodifiable. */
    public Map<String, Object> fields() {
        return fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Measurement that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
