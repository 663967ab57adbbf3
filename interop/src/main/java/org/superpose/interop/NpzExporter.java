package org.superpose.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkDescription;
import org.superpose.core.file.Npz;
import org.superpose.core.file.SurvivingNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.interop.tensor.NameArrays;

/** NumPy's NPZ: weights as float32, codes, gates and domain as int32, names and metadata as text. */
public final class NpzExporter implements NetworkExporter {
    @Override
    public String id() {
        return "npz";
    }

    @Override
    public String title() {
        return "NumPy arrays: weights, codes, gates, domain, names";
    }

    @Override
    public String extension() {
        return ".npz";
    }

    @Override
    public void export(BuiltNetwork built, ParameterValues options, Path file) {
        SurvivingNames.require(file, built.instance());
        List<NamedArray> arrays = new ArrayList<>(ExportedArrays.of(built));
        addNames(arrays, ExportedArrays.INPUT_NAMES, built.instance().inputNames());
        addNames(arrays, ExportedArrays.OUTPUT_NAMES, built.instance().outputNames());
        arrays.add(NamedArray.text(ExportedArrays.METADATA, NetworkDescription.toJson(built)));
        AtomicFile.write(file, out -> Npz.write(arrays, out));
    }

    private static void addNames(List<NamedArray> arrays, String name, FeatureNames names) {
        if (!names.isEmpty()) {
            arrays.addAll(NameArrays.of(name, names.names()));
        }
    }
}
