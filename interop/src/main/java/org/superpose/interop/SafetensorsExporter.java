package org.superpose.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.NetworkDescription;
import org.superpose.core.file.SurvivingNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.interop.tensor.SafetensorsFile;

/**
 * Safetensors: the arrays of the NPZ export under the same names; texts are in the header's {@code __metadata__}, names
 * as JSON lists.
 *
 * <p>All tensors have elements of four bytes and the header is filled up to a multiple of eight, so every tensor is
 * aligned, and they follow each other without holes.
 */
public final class SafetensorsExporter implements NetworkExporter {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String id() {
        return "safetensors";
    }

    @Override
    public String title() {
        return "safetensors for PyTorch and others: the arrays of npz, texts in the header";
    }

    @Override
    public String extension() {
        return ".safetensors";
    }

    @Override
    public void export(BuiltNetwork built, ParameterValues options, Path file) {
        SurvivingNames.require(file, built.instance());
        List<NamedArray> arrays = ExportedArrays.of(built);
        AtomicFile.write(file, out -> SafetensorsFile.write(texts(built), arrays, out));
    }

    private static Map<String, String> texts(BuiltNetwork built) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(ExportedArrays.METADATA, NetworkDescription.toJson(built));
        putNames(texts, ExportedArrays.INPUT_NAMES, built.instance().inputNames());
        putNames(texts, ExportedArrays.OUTPUT_NAMES, built.instance().outputNames());
        return texts;
    }

    private static void putNames(Map<String, String> texts, String field, FeatureNames names)
            throws JsonProcessingException {
        if (!names.isEmpty()) {
            texts.put(field, JSON.writeValueAsString(names.names()));
        }
    }
}
