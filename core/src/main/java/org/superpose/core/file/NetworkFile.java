package org.superpose.core.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.ProblemInstance;

/**
 * The network file, {@code *.superpose.zip}: {@code manifest.json}, {@code names.json} where features have names, and
 * one {@code .npy} for each array, so that NumPy opens it too.
 *
 * <p>The same pair gives the same bytes on every JDK: entries are stored uncompressed, in a fixed order, with a fixed
 * time. What is read is believed only when everything fits: format, version, entries, checksums, types, shapes, ranges,
 * and the content digest over all of it.
 */
public final class NetworkFile {
    private static final String MANIFEST = "manifest.json";
    private static final String NAMES = "names.json";
    private static final String IMPORT = "superpose import FILE -o NET.superpose.zip";
    private static final int MAX_MANIFEST_BYTES = 4 << 20;
    private static final int MAX_NAMES_BYTES = 1 << 30;

    private NetworkFile() {}

    /**
     * Writes a file that appears complete or not at all; one of the same name is replaced.
     *
     * @throws InvalidInputException if the folder is missing or cannot be written to, the disk is full, more features
     *     may be active than files can say, or a name is no text that files can hold
     */
    public static void write(Path file, BuiltNetwork built) {
        SurvivingNames.require(file, built.instance());
        int maxActive =
                Math.max(built.instance().maxActive(), built.network().domain().maxActive());
        if (maxActive > NetworkDescription.MAX_ACTIVE) {
            throw new InvalidInputException(file + ": cannot be written: max-active is " + maxActive
                    + ", but must be at most " + NetworkDescription.MAX_ACTIVE);
        }
        AtomicFile.write(file, out -> write(built, out));
    }

    private static void write(BuiltNetwork built, OutputStream out) throws IOException {
        List<NamedArray> arrays = NetworkArrays.of(built);
        ZipWriter zip = new ZipWriter(out);
        zip.add(MANIFEST, JsonFields.indented(manifest(built, arrays)));
        if (hasNames(built.instance())) {
            zip.add(NAMES, JsonFields.indented(names(built.instance())));
        }
        for (NamedArray array : arrays) {
            zip.add(array);
        }
        zip.close();
    }

    private static boolean hasNames(ProblemInstance instance) {
        return !instance.inputNames().isEmpty() || !instance.outputNames().isEmpty();
    }

    private static ObjectNode manifest(BuiltNetwork built, List<NamedArray> arrays) {
        ObjectNode manifest = NetworkDescription.signed(built);
        ObjectNode shapes = manifest.putObject("arrays");
        for (NamedArray array : arrays) {
            ObjectNode shape = shapes.putObject(array.name());
            shape.put("type", array.shape().type().descriptor());
            var dimensions = shape.putArray("shape");
            array.shape().dimensions().forEach(dimensions::add);
        }
        return manifest;
    }

    private static ObjectNode names(ProblemInstance instance) {
        ObjectNode names = JsonFields.newObject();
        var inputs = names.putArray("inputs");
        instance.inputNames().names().forEach(inputs::add);
        var outputs = names.putArray("outputs");
        instance.outputNames().names().forEach(outputs::add);
        return names;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if there is no such file, it is no network file, of a newer version, truncated or
     *     altered: one sentence that begins with the file's name
     */
    public static BuiltNetwork read(Path file) {
        try (ZipReader zip = ZipReader.open(file)) {
            return read(zip);
        } catch (FileFormatException fault) {
            throw new InvalidInputException(file + ": " + fault.getMessage() + hint(file, fault), fault);
        } catch (ZipException damaged) {
            throw new InvalidInputException(file + ": is damaged (" + damaged.getMessage() + ")", damaged);
        } catch (IOException failure) {
            throw new InvalidInputException(file + ": cannot be read (" + failure.getMessage() + ")", failure);
        } catch (IllegalArgumentException broken) {
            throw new InvalidInputException(file + ": does not hold a sound network: " + broken.getMessage(), broken);
        }
    }

    /** Where a file of another format that holds networks is to be read. */
    private static String hint(Path file, FileFormatException fault) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!fault.getMessage().equals(ZipReader.NOT_ZIP)) {
            return "";
        }
        if (name.endsWith(".onnx")) {
            return "; an ONNX file is read by \"" + IMPORT
                    + "\" or \"superpose audit\", with --truth or --problem where it"
                    + " does not say what it should compute";
        }
        return name.endsWith(".safetensors") ? "; a safetensors file is read by \"" + IMPORT + "\"" : "";
    }

    private static BuiltNetwork read(ZipReader zip) throws IOException {
        if (!zip.names().contains(MANIFEST)) {
            boolean npz = zip.names().stream().anyMatch(name -> name.endsWith(".npy"));
            throw new FileFormatException("is not a network file: it has no " + MANIFEST
                    + (npz ? "; an NPZ is read by \"" + IMPORT + "\"" : ""));
        }
        JsonFields manifest = JsonFields.parse(MANIFEST, zip.readAll(MANIFEST, MAX_MANIFEST_BYTES));
        NetworkDescription description = NetworkDescription.of(manifest);
        Map<String, ArrayShape> shapes = shapes(manifest.object("arrays"));
        requireEntries(zip.names(), shapes.keySet());
        Set<String> unread = new LinkedHashSet<>(shapes.keySet());
        NetworkAssembly assembly = new NetworkAssembly(description, name -> {
            unread.remove(name);
            return open(zip, name, shapes);
        });
        BuiltNetwork built = zip.names().contains(NAMES)
                ? withNames(zip, assembly)
                : assembly.assemble(FeatureNames.NONE, FeatureNames.NONE);
        if (!unread.isEmpty()) {
            throw new FileFormatException(
                    "has an array " + unread.iterator().next() + " that no part of the network uses");
        }
        if (!description.digest().equals(NetworkDigest.of(built))
                || !description.problemDigest().equals(NetworkDigest.of(built.instance()))) {
            throw new FileFormatException(
                    "was altered: its content does not have the digest that " + MANIFEST + " names");
        }
        return built;
    }

    private static Map<String, ArrayShape> shapes(JsonFields arrays) throws FileFormatException {
        Map<String, ArrayShape> shapes = new LinkedHashMap<>();
        for (String name : arrays.names()) {
            JsonFields array = arrays.object(name);
            String descriptor = array.text("type");
            ElementType type = ElementType.ofDescriptor(descriptor)
                    .orElseThrow(() -> new FileFormatException(
                            "describes array " + name + " with the unknown type \"" + descriptor + "\""));
            shapes.put(name, new ArrayShape(type, array.wholes("shape")));
        }
        return shapes;
    }

    private static void requireEntries(Set<String> entries, Set<String> arrays) throws FileFormatException {
        Set<String> expected = new LinkedHashSet<>();
        expected.add(MANIFEST);
        arrays.forEach(name -> expected.add(name + ".npy"));
        for (String name : expected) {
            if (!entries.contains(name)) {
                throw new FileFormatException("lacks the entry \"" + name + "\" that its manifest names");
            }
        }
        expected.add(NAMES);
        for (String name : entries) {
            if (!expected.contains(name)) {
                throw new FileFormatException("has an entry \"" + name + "\" that its manifest does not name");
            }
        }
    }

    private static ArrayInput open(ZipReader zip, String name, Map<String, ArrayShape> shapes) throws IOException {
        ArrayShape described = shapes.get(name);
        if (described == null) {
            throw new FileFormatException("lacks the array " + name);
        }
        ArrayInput array = Npz.open(zip, name, Npy.Writer.OURS);
        if (!array.shape().equals(described)) {
            throw new FileFormatException(
                    "array " + name + " is " + array.shape() + ", but the manifest says " + described);
        }
        return array;
    }

    private static BuiltNetwork withNames(ZipReader zip, NetworkAssembly assembly) throws IOException {
        JsonFields names = JsonFields.parse(NAMES, zip.readAll(NAMES, MAX_NAMES_BYTES));
        return assembly.assemble(new FeatureNames(names.texts("inputs")), new FeatureNames(names.texts("outputs")));
    }
}
