package org.superpose.runner.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.interop.NetworkExporter;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * For files of megabytes, readers allocate at most twice the file and a constant, garbage included; three times the
 * file where half of it is names, short texts that take more in memory than in a file.
 */
class LargeFilesTest {
    private static final long CONSTANT_BYTES = 1 << 20;

    @TempDir
    Path folder;

    @Tag("slow")
    @Tag("jdk")
    @ParameterizedTest
    @CsvSource({
        "2, permutation, linear-permutation, inputs=512 width=1000", // dense
        "2, two-and, clipped-and, inputs=512 outputs=512 width=2000 resampling-rounds=0", // bits
        "3, pairs-file, dedicated, file=bundled:bigrams-gpl3" // bits and names
    })
    void aReaderAllocatesNoMoreThanTheFileAccountsFor(int times, String problem, String construction, String settings)
            throws IOException {
        BuiltNetwork built = Bench.workbench()
                .build(NetworkRecipe.of(
                        problem, construction, Assignments.parse(List.of(settings.split(" "))), new Seed(1)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (HostileReader reader : List.of(HostileReader.NETWORK, HostileReader.NPZ, HostileReader.SAFETENSORS)) {
            Path file = reader.in(folder);
            if (reader == HostileReader.NETWORK) {
                NetworkFile.write(file, built);
            } else {
                NetworkExporter.catalog().require(reader.word()).export(built, ParameterValues.NONE, file);
            }
            reader.read(file); // loads classes
            long before = threads.getCurrentThreadAllocatedBytes();
            reader.read(file);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(
                    allocated <= times * Files.size(file) + CONSTANT_BYTES,
                    reader + ": " + Files.size(file) + " bytes in the file, " + allocated + " allocated");
        }
    }
}
