package org.superpose.problems;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * How the pairs of a two-and spread over the inputs: the influence profiles of theory, section 2. A profile knows m and
 * m', has been checked to be possible, and draws distinct unordered pairs in random order.
 *
 * <p>The function class of {@code regular}, {@code zipf}, {@code complete} and {@code mixed} is all two-and functions.
 * A {@code star} or {@code bipartite} one is counted with its hubs known, because a construction for these profiles
 * need not write down which inputs the hubs are; this is the smaller class, so the bounds that follow from it hold for
 * both.
 */
@Reference(value = "Problem: influence profiles", standing = Standing.OURS)
sealed interface TwoAndInfluence {
    Parameter<Integer> OUTPUTS = ProblemParameters.OUTPUTS.chosen(
            "as inputs, or as many as there are pairs if these are fewer; all pairs for influence complete");
    Parameter<String> INFLUENCE = ProblemParameters.INFLUENCE.withDefault("regular");
    Parameter<Double> ZIPF_EXPONENT = Parameter.real(
                    "zipf-exponent",
                    0,
                    4,
                    "alpha: the input of rank t is read in proportion to t^-alpha (influence zipf)")
            .withDefault(1.0);
    Parameter<Integer> HUBS = ProblemParameters.HUBS.withDefault(1);
    Parameter<Integer> HEAVY_INPUTS = ProblemParameters.HEAVY_INPUTS.chosen("as the square root of outputs");
    Parameter<Double> HEAVY_LIGHT_SHARE = ProblemParameters.HEAVY_LIGHT_SHARE.withDefault(0.4);
    Parameter<Double> HEAVY_HEAVY_SHARE = ProblemParameters.HEAVY_HEAVY_SHARE.withDefault(0.1);

    List<Parameter<?>> PARAMETERS =
            List.of(OUTPUTS, INFLUENCE, ZIPF_EXPONENT, HUBS, HEAVY_INPUTS, HEAVY_LIGHT_SHARE, HEAVY_HEAVY_SHARE);

    /** The pairs of all outputs, one after another, each ascending. */
    int[] draw(Seed seed);

    int inputs();

    int outputs();

    default Subsets pairs() {
        return new Subsets(inputs(), 2);
    }

    default FunctionClass functionClass() {
        return FunctionClass.distinctSubsets(inputs(), 2, outputs());
    }

    /**
     * The profile that the parameters describe.
     *
     * @throws InvalidInputException if there is none; the message says why
     */
    static TwoAndInfluence of(int inputs, ParameterValues values) {
        requireUse(values, INFLUENCE, ZIPF_EXPONENT, "zipf");
        requireUse(values, INFLUENCE, HUBS, "bipartite");
        requireUse(values, INFLUENCE, HEAVY_INPUTS, "mixed");
        requireUse(values, INFLUENCE, HEAVY_LIGHT_SHARE, "mixed");
        requireUse(values, INFLUENCE, HEAVY_HEAVY_SHARE, "mixed");
        Subsets pairs = new Subsets(inputs, 2);
        pairs.requireRoomFor(1);
        int outputs = values.find(OUTPUTS).orElseGet(pairs::defaultOutputs);
        pairs.requireRoomFor(outputs);
        return switch (values.get(INFLUENCE)) {
            case "regular" -> new Regular(inputs, outputs);
            case "zipf" -> new Zipf(inputs, outputs, values.get(ZIPF_EXPONENT));
            case "star" ->
                // one pair less than inputs, if the number was left to us: the hub cannot be its own partner
                Hubs.checked(inputs, 1, values.find(OUTPUTS).orElse(Math.min(outputs, inputs - 1)), "star");
            case "bipartite" -> {
                int hubs = values.get(HUBS);
                long room = (long) hubs * Math.max(0, inputs - hubs);
                int wanted = values.find(OUTPUTS).orElse((int) Math.min(outputs, Math.max(1, room)));
                yield Hubs.checked(inputs, hubs, wanted, "bipartite");
            }
            case "complete" -> Complete.checked(pairs, values);
            default -> Mixed.checked(inputs, outputs, values);
        };
    }

    /** @throws InvalidInputException if a parameter was given a value that the chosen profile does not look at */
    static void requireUse(
            ParameterValues values, Parameter<String> influence, Parameter<?> parameter, String onlyProfile) {
        if (values.asMap().containsKey(parameter.name())
                && !values.get(influence).equals(onlyProfile)) {
            throw new InvalidInputException(parameter.name() + " "
                    + values.asMap().get(parameter.name()) + " has no meaning for influence " + values.get(influence)
                    + ": only influence " + onlyProfile + " reads it");
        }
    }

    /** All d_j within 1 of 2 m' / m. */
    record Regular(int inputs, int outputs) implements TwoAndInfluence {
        @Override
        public int[] draw(Seed seed) {
            return RegularGates.draw(pairs(), outputs, seed);
        }
    }

    /**
     * Influence falls with the rank of an input as rank^-exponent, as far as distinct pairs allow; which input has
     * which rank is random.
     */
    record Zipf(int inputs, int outputs, double exponent) implements TwoAndInfluence {
        @Override
        public int[] draw(Seed seed) {
            return ZipfGates.draw(pairs(), outputs, exponent, seed);
        }
    }

    /** Every pair of inputs: universal AND. */
    record Complete(int inputs) implements TwoAndInfluence {
        private static Complete checked(Subsets pairs, ParameterValues values) {
            BigInteger all = pairs.count();
            if (all.compareTo(BigInteger.valueOf(ProblemParameters.MAX_FEATURES)) > 0) {
                throw new InvalidInputException(
                        "inputs " + pairs.inputs() + " is too large for influence complete: its " + all
                                + " pairs are more than the " + ProblemParameters.MAX_FEATURES
                                + " outputs that an instance can have");
            }
            values.find(OUTPUTS).ifPresent(given -> {
                if (given != all.intValue()) {
                    throw new InvalidInputException("outputs " + given + " contradicts influence complete: "
                            + pairs.inputs() + " inputs have " + all + " pairs; leave outputs out");
                }
            });
            return new Complete(pairs.inputs());
        }

        @Override
        public int[] draw(Seed seed) {
            return Shuffle.blocks(pairs().allBut(new int[0]), 2, seed.generator());
        }

        @Override
        public int outputs() {
            return pairs().count().intValue();
        }
    }

    /**
     * Every pair has exactly one of a few random hubs; with one hub this is the star. The pairs are uniformly random.
     */
    record Hubs(int inputs, int hubs, int outputs, String name) implements TwoAndInfluence {
        private static Hubs checked(int inputs, int hubs, int outputs, String name) {
            if (hubs >= inputs) {
                throw new InvalidInputException("hubs " + hubs + " must be less than inputs " + inputs
                        + ": every pair needs an input that is no hub");
            }
            long room = (long) hubs * (inputs - hubs);
            if (outputs > room) {
                throw new InvalidInputException(outputs + " outputs, but " + (hubs == 1 ? "one hub" : hubs + " hubs")
                        + " among " + inputs + " inputs " + (hubs == 1 ? "has" : "have") + " only " + room + " pairs");
            }
            return new Hubs(inputs, hubs, outputs, name);
        }

        @Override
        public int[] draw(Seed seed) {
            RandomGenerator random = seed.generator();
            int[] role = Shuffle.permutation(inputs, random); // the first ones are the hubs
            int[] drawn = new int[2 * outputs];
            int[] cells = cells(random);
            for (int i = 0; i < outputs; i++) {
                putPair(drawn, i, role[cells[2 * i]], role[hubs + cells[2 * i + 1]]);
            }
            return drawn;
        }

        /** Distinct cells (hub, partner) of a table, uniformly at random. */
        private int[] cells(RandomGenerator random) {
            int partners = inputs - hubs;
            long room = (long) hubs * partners;
            int[] cells = new int[2 * outputs];
            if (room < 2L * outputs) {
                int[] order = Shuffle.permutation((int) room, random);
                for (int i = 0; i < outputs; i++) {
                    cells[2 * i] = order[i] / partners;
                    cells[2 * i + 1] = order[i] % partners;
                }
                return cells;
            }
            LongSet used = new LongSet(outputs);
            for (int i = 0; i < outputs; ) {
                cells[2 * i] = random.nextInt(hubs);
                cells[2 * i + 1] = random.nextInt(partners);
                if (used.add((long) cells[2 * i] * partners + cells[2 * i + 1])) {
                    i++;
                }
            }
            return cells;
        }

        @Override
        public FunctionClass functionClass() {
            return new FunctionClass(
                    "all two-and functions with " + (hubs == 1 ? "one known hub" : hubs + " known hubs"),
                    BigInteger.valueOf((long) hubs * (inputs - hubs)),
                    outputs);
        }
    }

    /**
     * Given shares of light-light, heavy-light and heavy-heavy pairs, where heavy means an influence above m'^(1/4)
     * (theory, section 4). Within each share the pairs spread evenly.
     */
    record Mixed(int inputs, int heavy, int lightLight, int heavyLight, int heavyHeavy) implements TwoAndInfluence {
        private static Mixed checked(int inputs, int outputs, ParameterValues values) {
            double heavyLightShare = values.get(HEAVY_LIGHT_SHARE);
            double heavyHeavyShare = values.get(HEAVY_HEAVY_SHARE);
            if (heavyLightShare + heavyHeavyShare > 1) {
                throw new InvalidInputException("heavy-light-share " + heavyLightShare + " and heavy-heavy-share "
                        + heavyHeavyShare + " must not add up to more than 1");
            }
            int heavy = values.find(HEAVY_INPUTS).orElse((int) Math.ceil(Math.sqrt(outputs)));
            if (heavy >= inputs) {
                throw new InvalidInputException("heavy-inputs " + heavy + " must be less than inputs " + inputs);
            }
            int heavyLight = (int) Math.round(heavyLightShare * outputs);
            int heavyHeavy = (int) Math.min(Math.round(heavyHeavyShare * outputs), outputs - heavyLight);
            Mixed mixed = new Mixed(inputs, heavy, outputs - heavyLight - heavyHeavy, heavyLight, heavyHeavy);
            long light = inputs - heavy;
            requireRoom(mixed.lightLight, light * (light - 1) / 2, "light-light pairs, but " + light + " light inputs");
            requireRoom(
                    heavyLight,
                    heavy * light,
                    "heavy-light pairs, but " + heavy + " heavy and " + light + " light inputs");
            requireRoom(
                    heavyHeavy, (long) heavy * (heavy - 1) / 2, "heavy-heavy pairs, but " + heavy + " heavy inputs");
            return mixed;
        }

        private static void requireRoom(int wanted, long room, String between) {
            if (wanted > room) {
                throw new InvalidInputException(wanted + " " + between + " have only " + room);
            }
        }

        @Override
        public int[] draw(Seed seed) {
            RandomGenerator random = seed.child("roles").generator();
            int light = inputs - heavy;
            int[] role = Shuffle.permutation(inputs, random); // the first ones are heavy
            int[] lights = lightLight == 0
                    ? new int[0]
                    : RegularGates.draw(new Subsets(light, 2), lightLight, seed.child("light-light"));
            int[] heavies = heavyHeavy == 0
                    ? new int[0]
                    : RegularGates.draw(new Subsets(heavy, 2), heavyHeavy, seed.child("heavy-heavy"));
            int[] across = heavyLight == 0
                    ? new int[0]
                    : BalancedBipartite.draw(
                            heavy, light, heavyLight, seed.child("heavy-light").generator());
            int[] lightByNeed = leastReadFirst(lights, light);
            int[] drawn = new int[2 * outputs()];
            int i = 0;
            for (int t = 0; t < lights.length; t += 2) {
                putPair(drawn, i++, role[heavy + lights[t]], role[heavy + lights[t + 1]]);
            }
            for (int t = 0; t < across.length; t += 2) {
                putPair(drawn, i++, role[across[t]], role[heavy + lightByNeed[across[t + 1]]]);
            }
            for (int t = 0; t < heavies.length; t += 2) {
                putPair(drawn, i++, role[heavies[t]], role[heavies[t + 1]]);
            }
            requireClasses(drawn, role);
            return Shuffle.blocks(drawn, 2, random);
        }

        /** Light inputs that other light inputs read less come first, so that their heavy partners even them out. */
        private static int[] leastReadFirst(int[] reads, int inputs) {
            int[] influence = influences(reads, inputs);
            return IntStream.range(0, inputs)
                    .boxed()
                    .sorted(Comparator.comparingInt(j -> influence[j]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private static int[] influences(int[] reads, int inputs) {
            int[] influence = new int[inputs];
            for (int input : reads) {
                influence[input]++;
            }
            return influence;
        }

        /** Otherwise the shares would not be those of heavy and light inputs at all. */
        private void requireClasses(int[] drawn, int[] role) {
            int[] influence = influences(drawn, inputs);
            int leastHeavy =
                    Arrays.stream(role, 0, heavy).map(j -> influence[j]).min().orElseThrow();
            int mostLight = Arrays.stream(role, heavy, inputs)
                    .map(j -> influence[j])
                    .max()
                    .orElseThrow();
            double threshold = Math.sqrt(Math.sqrt(outputs()));
            if (leastHeavy <= threshold) {
                throw new InvalidInputException(
                        "heavy-inputs " + heavy + " is too large: a heavy input would be read by only " + leastHeavy
                                + " outputs, and heavy means more than outputs^(1/4) = " + rounded(threshold)
                                + "; lower heavy-inputs or raise the heavy shares");
            }
            if (mostLight > threshold) {
                throw new InvalidInputException(
                        "inputs " + inputs + " is too small: a light input would be read by " + mostLight
                                + " outputs, and light means at most outputs^(1/4) = " + rounded(threshold)
                                + "; raise inputs or the heavy-heavy-share");
            }
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }

        @Override
        public int outputs() {
            return lightLight + heavyLight + heavyHeavy;
        }
    }

    private static void putPair(int[] pairs, int at, int a, int b) {
        pairs[2 * at] = Math.min(a, b);
        pairs[2 * at + 1] = Math.max(a, b);
    }
}
