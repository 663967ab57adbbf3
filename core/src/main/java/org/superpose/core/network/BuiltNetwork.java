package org.superpose.core.network;

import org.superpose.core.plugin.PluginFiles;
import org.superpose.core.problem.ProblemInstance;

/**
 * A network together with the instance it was built for: what a network file holds.
 *
 * @param instance what the network is to compute
 * @param network one with as many inputs and outputs; whether it computes the instance is for a verifier to say
 * @param plugins those that made the two, besides what is Superpose's own. They are a record for people and for those
 *     who build it again: the content digest does not cover them, and no verdict depends on them
 */
public record BuiltNetwork(ProblemInstance instance, SuperposedNetwork network, PluginFiles plugins) {
    /** @throws IllegalArgumentException if the numbers of inputs or outputs differ */
    public BuiltNetwork {
        if (instance.inputs() != network.inputs() || instance.outputs() != network.outputs()) {
            throw new IllegalArgumentException("a network of " + network.inputs() + " inputs and " + network.outputs()
                    + " outputs does not fit an instance of " + instance.inputs() + " inputs and " + instance.outputs()
                    + " outputs");
        }
    }

    /**
     * Made without plugins, as far as is known.
     *
     * @throws IllegalArgumentException if the numbers of inputs or outputs differ
     */
    public BuiltNetwork(ProblemInstance instance, SuperposedNetwork network) {
        this(instance, network, PluginFiles.NONE);
    }

    /** The same with another record of the plugins that made it. */
    public BuiltNetwork withPlugins(PluginFiles others) {
        return new BuiltNetwork(instance, network, others);
    }
}
