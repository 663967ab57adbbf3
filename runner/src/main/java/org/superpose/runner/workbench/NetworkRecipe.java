package org.superpose.runner.workbench;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.InvalidInputException;
import org.superpose.core.construction.Construction;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.random.Seed;

/**
 * All that it takes to make one network again, bit for bit.
 *
 * <p>Both seeds are used as they stand: the problem draws the instance from {@code instanceSeed}, the construction
 * builds from {@code seed}, and nothing is added or split on the way. So every recipe is one command, {@link #command},
 * and the seeds are those in the row of results and in the network file. Whoever needs several instances or networks
 * chooses the seeds of each before making its recipe: one seed for both ({@link #of}), two children of one
 * ({@link #split}), or another network for the same instance ({@link #withSeed}).
 *
 * @param problem id of the problem
 * @param construction id of the construction
 * @param assignments parameters of both; each goes to whichever declares it
 * @param instanceSeed seed of the instance
 * @param seed seed of the network
 */
public record NetworkRecipe(
        String problem, String construction, Assignments assignments, Seed instanceSeed, Seed seed) {

    /** The recipe with one seed for instance and network. */
    public static NetworkRecipe of(String problem, String construction, Assignments assignments, Seed seed) {
        return new NetworkRecipe(problem, construction, assignments, seed, seed);
    }

    /** The recipe whose seeds are the children {@code instance} and {@code network} of one. */
    public static NetworkRecipe split(String problem, String construction, Assignments assignments, Seed source) {
        return new NetworkRecipe(problem, construction, assignments, source.child("instance"), source.child("network"));
    }

    /** The recipe with another seed of the instance. */
    public NetworkRecipe withInstanceSeed(Seed other) {
        return new NetworkRecipe(problem, construction, assignments, other, seed);
    }

    /** Another network for the same instance. */
    public NetworkRecipe withSeed(Seed other) {
        return new NetworkRecipe(problem, construction, assignments, instanceSeed, other);
    }

    /** The same with other assignments, in the place of all earlier ones. */
    public NetworkRecipe with(Assignments others) {
        return new NetworkRecipe(problem, construction, others, instanceSeed, seed);
    }

    /** The same with a parameter set, in the place of an earlier value. */
    public <T> NetworkRecipe with(Parameter<T> parameter, T value) {
        return with(assignments.with(parameter, value));
    }

    /**
     * The same at another width.
     *
     * @param builder the construction
     * @throws InvalidInputException if the construction has no width to choose
     */
    public NetworkRecipe atWidth(Construction builder, int width) {
        requireWidth(builder);
        return with(ConstructionParameters.WIDTH, width);
    }

    /**
     * Insists that a smallest width can be searched for.
     *
     * @throws InvalidInputException if the construction has no width to choose
     */
    public static void requireWidth(Construction builder) {
        if (builder.parameters().stream().map(Parameter::name).noneMatch(ConstructionParameters.WIDTH.name()::equals)) {
            throw new InvalidInputException("construction " + builder.id() + " takes no width, so there is no smallest"
                    + " one to search for: build tells the width that its network has");
        }
    }

    /**
     * The command that builds the network into a file.
     *
     * @param program the first word, {@code superpose} or a path to it
     */
    public String command(String program, String file) {
        List<String> words = new ArrayList<>(List.of("build", "--problem", problem, "--construction", construction));
        assignments.values().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        words.addAll(List.of("--instance-seed", Long.toString(instanceSeed.value())));
        words.addAll(List.of("--seed", Long.toString(seed.value()), "-o", file));
        return ShellWords.join(program, words);
    }
}
