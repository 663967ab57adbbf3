package org.superpose.runner.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.interop.NetworkExporter;
import org.superpose.interop.NetworkImporter;

/**
 * Whatever file is accepted, of the fuzzers' corpora and of many damaged ones, Python reads the same network in it: NPZ
 * and network files by NumPy, safetensors by a reader of ten lines. What we read is written again, and Python compares
 * the two files.
 */
@Tag("slow")
class IndependentReaderTest {
    private static final int DAMAGED = 300;
    private static final String COMPARE = """
            import json, struct, sys, os
            import numpy as np

            TYPES = {'F32': '<f4', 'I32': '<i4'}

            def safetensors(path):
                data = open(path, 'rb').read()
                n = struct.unpack('<Q', data[:8])[0]
                header = json.loads(data[8:8 + n].decode('utf-8'))
                header.pop('__metadata__', None)
                return {k: np.frombuffer(data[8 + n:][v['data_offsets'][0]:v['data_offsets'][1]], TYPES[v['dtype']])
                           .reshape(v['shape']) for k, v in header.items() if v['dtype'] in TYPES}

            def arrays(path):
                if path.endswith('.safetensors'):
                    return safetensors(path)
                with np.load(path) as z:
                    return {k: z[k] for k in z.files if isinstance(z[k], np.ndarray) and z[k].dtype.kind in 'fiu'}

            def normal(all, name):
                a = all[name]
                if name.endswith('er.codes'):
                    return np.sort(a, axis=1)
                if name.startswith('gates.') and name.endswith('.inputs'):
                    o = all[name[:-6] + 'offsets']
                    return np.concatenate([np.sort(a[o[i]:o[i + 1]]) for i in range(len(o) - 1)])
                return a

            count = 0
            for entry in sorted(os.listdir('.')):
                if not entry.startswith('read-'):
                    continue
                ours, theirs = arrays('again-' + entry[5:]), arrays(entry)
                for name in ours:
                    if name not in theirs:
                        print(entry, 'lacks', name)
                    elif not np.array_equal(normal(ours, name), normal(theirs, name)):
                        print(entry, 'differs in', name)
                count += 1
            print(count)
            """;

    @TempDir
    Path folder;

    private int accepted;

    /** Keeps a file that the reader takes, and what it took. */
    private boolean tried(HostileReader reader, Path file) throws IOException {
        if (reader == HostileReader.NETWORK) {
            Path again = folder.resolve("again-" + accepted + ".npz");
            NetworkFile.write(again, NetworkFile.read(file));
        } else {
            String format = reader.word();
            Path again = folder.resolve("again-" + accepted + "." + format);
            NetworkExporter.catalog().require(format).export(NetworkImporter.read(file), ParameterValues.NONE, again);
        }
        String suffix = reader == HostileReader.NETWORK ? "npz" : reader.word();
        Files.copy(file, folder.resolve("read-" + accepted++ + "." + suffix), StandardCopyOption.REPLACE_EXISTING);
        return false;
    }

    private void all(HostileReader reader) throws IOException {
        FuzzTarget target = new FuzzTarget(reader, folder);
        Path file = reader.in(folder);
        for (Corpus.Input input : Corpus.of(reader.word())) {
            if (!target.refuses(input.content())) {
                tried(reader, file);
            }
        }
        RandomGenerator random = new Seed(reader.ordinal()).generator();
        byte[] sound = reader.sound();
        for (int t = 0; t < DAMAGED; t++) {
            byte[] damaged = damaged(reader, sound, random);
            if (!reader.refuses(file, damaged)) {
                tried(reader, file);
            }
        }
    }

    private static byte[] damaged(HostileReader reader, byte[] sound, RandomGenerator random) throws IOException {
        if (random.nextInt(3) == 0) {
            return FileMutations.bytes(sound, random);
        }
        return reader == HostileReader.SAFETENSORS
                ? FileMutations.safetensorsHeader(sound, random)
                : FileMutations.zipEntry(sound, random);
    }

    @Test
    void pythonReadsTheSameNetworkInEveryFileThatIsAccepted() throws Exception {
        for (HostileReader reader : List.of(HostileReader.NETWORK, HostileReader.NPZ, HostileReader.SAFETENSORS)) {
            int before = accepted;
            all(reader);
            assertTrue(accepted > before, "no file of " + reader + " was accepted, so nothing is compared");
        }
        assertEquals(accepted + "\n", python());
    }

    /** The output of the comparison; skips the test where there is no python3 with NumPy. */
    private String python() throws Exception {
        Path script = Files.writeString(folder.resolve("compare.py"), COMPARE);
        Path log = folder.resolve("python.log");
        Process process;
        try {
            process = new ProcessBuilder("python3", script.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noPython) {
            return abort("skipped: there is no python3");
        }
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "python3 did not finish";
        }
        String output = Files.readString(log);
        return output.contains("No module named 'numpy'") ? abort("skipped: python3 has no numpy") : output;
    }
}
