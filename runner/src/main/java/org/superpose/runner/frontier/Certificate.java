package org.superpose.runner.frontier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.plugin.PluginFile;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * All that anyone needs to build a network again and verify it, and what came of it here.
 *
 * @param row id of the row of the frontier
 * @param instance number of the instance, from 1
 * @param problem id of the problem
 * @param construction id of the construction
 * @param settings the parameters that were set, of problem and construction, with the width
 * @param instanceSeed seed of the instance
 * @param seed seed of the network
 * @param chosen the construction's parameters with every automatic choice filled in
 * @param width n
 * @param matrices the number of weight matrices
 * @param outputs m'
 * @param kappa n / sqrt(m' log m')
 * @param widthLimit the information limit on the width at the bits that are stored, or null if none is known
 * @param limitRatio n / limit, or null
 * @param weightBits the bits of all weights as stored
 * @param digest SHA-256 of the network
 * @param verdict VERIFIED
 * @param method id of the verifier
 * @param inputsCovered the number of inputs that were covered, all of the domain
 * @param seconds to build and verify, on the machine that did
 * @param search what the run that found it tried for the instance, or null if that is not on record
 * @param version of Superpose
 * @param plugins those that took part, besides what is Superpose's own, or null if there were none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"row", "instance", "problem", "construction", "settings", "instance_seed", "seed"})
public record Certificate(
        String row,
        int instance,
        String problem,
        String construction,
        Map<String, String> settings,
        long instanceSeed,
        long seed,
        Map<String, String> chosen,
        int width,
        int matrices,
        int outputs,
        Double kappa,
        Double widthLimit,
        Double limitRatio,
        long weightBits,
        String digest,
        String verdict,
        String method,
        String inputsCovered,
        double seconds,
        Search search,
        String version,
        List<PluginFile> plugins) {

    /**
     * What was tried for an instance.
     *
     * @param networks of all widths, those that failed too
     * @param seconds to build and verify them, together
     */
    public record Search(int networks, double seconds) {
        static final Search NONE = new Search(0, 0);

        Search plus(int moreNetworks, double moreSeconds) {
            return new Search(networks + moreNetworks, seconds + moreSeconds);
        }
    }

    public Certificate {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
    }

    /** The bits of a weight as stored: those that were asked for, or those of matrices of n x n. */
    public double bitsPerWeight() {
        String asked = chosen.get("weight-bits");
        return asked != null ? Double.parseDouble(asked) : (double) weightBits / ((double) matrices * width * width);
    }

    /** What is recorded of the plugins that took part. */
    public PluginFiles pluginFiles() {
        return plugins == null ? PluginFiles.NONE : new PluginFiles(plugins);
    }

    /** How to build the network again. */
    public NetworkRecipe recipe() {
        return new NetworkRecipe(
                problem, construction, new Assignments(settings), new Seed(instanceSeed), new Seed(seed));
    }
}
