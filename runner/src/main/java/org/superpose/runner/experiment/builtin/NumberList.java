package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterType;
import org.superpose.core.parameter.ParameterValues;

/** A parameter that is a list of positive whole numbers, separated by commas: the points of a sweep. */
record NumberList(Parameter<String> parameter) {
    private static final ParameterType.Whole NUMBER = new ParameterType.Whole(1, 1 << 24);

    /** Declares a list with a default such as {@code 64,128,2^8}. */
    static NumberList declare(String name, String defaultNumbers, String help) {
        return new NumberList(Parameter.text(name, "whole numbers separated by commas, for example 64,128,2^8", help)
                .withDefault(defaultNumbers));
    }

    /**
     * The numbers given, in order.
     *
     * @throws InvalidInputException if one of them is no whole number from 1 to 2^24, or comes twice
     */
    List<Integer> of(ParameterValues parameters) {
        List<Integer> numbers = new ArrayList<>();
        for (String text : parameters.get(parameter).split(",", -1)) {
            int number = NUMBER.parse(text)
                    .orElseThrow(() -> new InvalidInputException(parameter.name() + " has the entry \"" + text.strip()
                            + "\": each must be " + NUMBER.range()));
            if (numbers.contains(number)) {
                throw new InvalidInputException(
                        parameter.name() + " gives " + number + " twice, which would count the same networks twice");
            }
            numbers.add(number);
        }
        return numbers;
    }
}
