package org.superpose.runner.experiment.builtin;

import java.util.Arrays;
import java.util.List;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;

/** A parameter that is a list of plugin ids, separated by commas. */
record NameList(Parameter<String> parameter) {
    static NameList declare(String name, String defaultNames, String help) {
        return new NameList(
                Parameter.text(name, "ids separated by commas", help).withDefault(defaultNames));
    }

    /** The names given, in order, each once. */
    List<String> of(ParameterValues parameters) {
        return Arrays.stream(parameters.get(parameter).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
