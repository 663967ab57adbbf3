package org.superpose.interop.dataset;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NamedArray;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.interop.truth.NetworkTruth;

/** Collects the features of every level that are on in each sample, in memory that grows by a few bytes a sample. */
final class SampleTruth implements Closeable {
    private final ProblemInstance instance;
    private final List<IntSpool> levels = new ArrayList<>();
    private final byte[] inDomain;
    private final byte[] right;
    private int count;

    SampleTruth(ProblemInstance instance, int samples) {
        this.instance = instance;
        for (int level = 0; level <= instance.layers().size(); level++) {
            levels.add(new IntSpool(samples));
        }
        this.inDomain = new byte[samples];
        this.right = new byte[samples];
    }

    void add(FeatureSet active, boolean isVerified, boolean isRight) {
        FeatureSet[] on = NetworkTruth.levelsOf(instance, active);
        for (int level = 0; level < on.length; level++) {
            levels.get(level).add(on[level].toArray());
        }
        inDomain[count] = (byte) (isVerified ? 1 : 0);
        right[count] = (byte) (isRight ? 1 : 0);
        count++;
    }

    List<NamedArray> arrays() {
        List<NamedArray> arrays = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            arrays.add(levels.get(level).offsets("features." + level + ".offsets"));
            arrays.add(levels.get(level).members("features." + level + ".members"));
        }
        arrays.add(NamedArray.bytes("samples.in_domain", inDomain));
        arrays.add(NamedArray.bytes("samples.right", right));
        return arrays;
    }

    @Override
    public void close() {
        levels.forEach(IntSpool::close);
    }
}
