package org.superpose.problems;

import java.math.BigInteger;
import java.util.List;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;

/**
 * How many different functions a chain of layers can compute on the inputs with at most v active features: a lower
 * bound that is proved, because layers must not be added up (theory, section 3: a chain of permutations is one
 * permutation).
 *
 * <p>Every layer is AND gates of one fan-in r_t, from m_{t-1} to m_t features, no two gates alike; a permutation is r =
 * 1 with m_t = m_{t-1}. A composite output is the AND of all inputs that it reaches. For one layer t at a time we fix
 * all the others so that different choices at t provably give different composites, and count the choices at t:
 *
 * <ul>
 *   <li><b>Before t</b>, u_s = min(m_s, floor(u_{s-1} / r_s)) gates of layer s (u_0 = m) read disjoint blocks of such
 *       gates of the layer before. Each of the u_{t-1} gates that layer t may then choose from stands for a private
 *       block of a = r_1 ... r_{t-1} inputs, so a set of gates and the union of their blocks determine each other.
 *   <li><b>After t</b>, a gate that carries information reads one gate that does and r_s - 1 fixed ones, so that
 *       q_{s-1} fixed gates are needed below: the fewest with q_{s-1} >= r_s - 1 and C(q_{s-1}, r_s) >= q_s, where q_L
 *       = 0. All fixed gates read a known set P of inputs.
 *   <li><b>At t</b>, q_t gates are fixed and read c gates of layer t - 1, the fewest with C(c, r_t) >= q_t. The others
 *       choose among the C(u_{t-1} - c, r_t) sets of the rest, no two alike; f = min over s >= t of m_s - q_s of them
 *       reach an output of their own.
 * </ul>
 *
 * <p>Output i then reaches P and the blocks of its choice, which do not meet P; so the composite determines the choice,
 * and it does so on v-sparse inputs if a (c + r_t) <= v, since an AND is told from others by the inputs it reaches.
 * Hence at least N (N-1) ... (N-f+1) composites with N = C(u_{t-1} - c, r_t). The largest of these numbers over t is
 * taken. For permutations around one AND layer it is exact: that of the AND layer.
 */
@Reference(value = "Lower bound: multiple layers", standing = Standing.RECONSTRUCTED)
final class CompositeClass {
    private static final FunctionClass ONE_FUNCTION = new FunctionClass("one function", BigInteger.ONE, 1);

    private final int inputs;
    private final List<Gates> layers;
    private final int maxActive;
    private final long[] fixedAfter;

    private CompositeClass(List<Gates> layers, int maxActive) {
        this.inputs = layers.get(0).inputs();
        this.layers = layers;
        this.maxActive = maxActive;
        this.fixedAfter = new long[layers.size()];
        for (int t = layers.size() - 2; t >= 0; t--) {
            fixedAfter[t] = Math.max(fanIn(t + 1) - 1, fewestWith(fanIn(t + 1), fixedAfter[t + 1]));
        }
    }

    /** The class of the composites, with a number of functions that is a proved lower bound. */
    static FunctionClass of(List<Gates> layers, int maxActive) {
        CompositeClass composites = new CompositeClass(layers, maxActive);
        FunctionClass largest = ONE_FUNCTION;
        double most = approximateLog(largest);
        for (int t = 0; t < layers.size(); t++) {
            FunctionClass choices = composites.choicesAt(t);
            double size = approximateLog(choices);
            if (size > most) {
                most = size;
                largest = choices;
            }
        }
        return largest;
    }

    /**
     * The fewest active inputs that can turn on an output of some instance with layers of these shapes; {@code limit +
     * 1} if it is more than {@code limit}.
     */
    static int fewestActive(List<Gates> layers, int limit) {
        for (int active = 1; active <= limit; active++) {
            long on = active;
            for (Gates layer : layers) {
                on = Math.min(layer.outputs(), subsets(on, layer.maxFanIn()));
            }
            if (on > 0) {
                return active;
            }
        }
        return limit + 1;
    }

    private int fanIn(int layer) {
        return layers.get(layer).maxFanIn();
    }

    /** What can be chosen at one layer while the others stay as described; a single function if that proves nothing. */
    private FunctionClass choicesAt(int layer) {
        long pool = inputs;
        long block = 1;
        for (int s = 0; s < layer; s++) {
            pool = Math.min(layers.get(s).outputs(), pool / fanIn(s));
            block *= fanIn(s);
            if (block > maxActive) {
                return ONE_FUNCTION;
            }
        }
        int fanIn = fanIn(layer);
        long taken = fixedAfter[layer] == 0 ? 0 : fewestWith(fanIn, fixedAfter[layer]);
        long free = layers.get(layer).outputs() - fixedAfter[layer];
        for (int s = layer + 1; s < layers.size(); s++) {
            free = Math.min(free, layers.get(s).outputs() - fixedAfter[s]);
        }
        if (block * (taken + fanIn) > maxActive || pool - taken < fanIn || free < 1) {
            return ONE_FUNCTION;
        }
        BigInteger choices = FunctionClass.binomial((int) (pool - taken), fanIn);
        String description = layers.size() == 1
                ? "all maps of the layer"
                : "composites of " + layers.size() + " layers (those that differ at layer " + (layer + 1) + ")";
        return new FunctionClass(
                description, choices, choices.min(BigInteger.valueOf(free)).intValue());
    }

    /** The smallest set with at least {@code wanted} subsets of one size. */
    private static long fewestWith(int size, long wanted) {
        if (wanted == 0) {
            return 0;
        }
        long elements = size;
        while (subsets(elements, size) < wanted) {
            elements++;
        }
        return elements;
    }

    /** C(elements, size), cut off far above the number of features of any layer. */
    private static long subsets(long elements, int size) {
        long count = 1;
        for (int t = 1; t <= size; t++) {
            if (elements - size + t <= 0) {
                return 0;
            }
            count = count * (elements - size + t) / t;
            if (count > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
        }
        return count;
    }

    /**
     * The integral of ln x from N - f to N: precise enough to pick the largest class, and which one is picked does not
     * affect the proof.
     */
    private static double approximateLog(FunctionClass functions) {
        double choices = functions.choices().doubleValue();
        double left = choices - functions.outputs();
        double rest = left == 0 ? 0 : left * StrictMath.log1p(-functions.outputs() / choices);
        return functions.outputs() * (StrictMath.log(choices) - 1) - rest;
    }
}
