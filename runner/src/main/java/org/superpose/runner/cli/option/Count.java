package org.superpose.runner.cli.option;

import java.util.Optional;
import org.superpose.core.parameter.ParameterType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers as parameters take them: {@code 65536}, {@code 65_536}, {@code 2^16}, {@code 64k}, {@code 2M}. */
public final class Count {
    private static final ParameterType.Whole WHOLE = new ParameterType.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);

    private Count() {}

    /** For options of type int. */
    public static ITypeConverter<Integer> ints() {
        return text -> WHOLE.parse(text).orElseThrow(() -> new TypeConversionException("'" + text + "' is not an int"));
    }

    /** For options of type long. */
    public static ITypeConverter<Long> longs() {
        return text -> {
            Optional<Integer> small = WHOLE.parse(text);
            try {
                return small.isPresent() ? Long.valueOf(small.get()) : Long.valueOf(text);
            } catch (NumberFormatException notANumber) {
                throw new TypeConversionException("'" + text + "' is not a long");
            }
        };
    }
}
