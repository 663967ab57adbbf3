package org.superpose.interop.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.ArrayShape;
import org.superpose.core.file.ElementType;
import org.superpose.core.file.NamedArray;
import org.superpose.core.file.Npz;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.random.Seed;

class TruthTableTest {
    @TempDir
    Path folder;

    private static TruthTable table(InputDomain domain, int outputs, BiPredicate<FeatureSet, Integer> truth) {
        int words = (outputs + 63) / 64;
        List<long[]> rows = new ArrayList<>();
        for (FeatureSet active : domain) {
            long[] row = new long[words];
            for (int i = 0; i < outputs; i++) {
                row[i / 64] |= truth.test(active, i) ? 1L << i : 0;
            }
            rows.add(row);
        }
        long[] all = rows.stream().flatMapToLong(Arrays::stream).toArray();
        return new TruthTable(domain, outputs, all);
    }

    @ParameterizedTest
    @CsvSource({"6,0,3,70", "6,0,6,5", "9,0,2,128", "5,0,1,3", "1,0,1,1", "7,1,4,9", "8,2,5,9"})
    void rowsAreInTheOrderOfTheDomainAndGatesComputeThem(int features, int minActive, int maxActive, int outputs) {
        RandomGenerator random = new Seed(features).generator();
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            int[] reads = random.ints(random.nextInt(Math.min(4, features) + 1), 0, features)
                    .toArray();
            boolean[] on = new boolean[1 << reads.length];
            for (int x = 0; x < on.length; x++) {
                on[x] = random.nextBoolean();
            }
            gates.add(Gate.of(
                    x -> {
                        int set = 0;
                        for (int t = 0; t < x.length; t++) {
                            set |= x[t] ? 1 << t : 0;
                        }
                        return on[set];
                    },
                    reads));
        }
        Gates map = Gates.of(features, gates);
        InputDomain domain = InputDomain.sparse(features, maxActive).withMinActive(minActive);
        TruthTable table =
                table(domain, outputs, (active, i) -> map.evaluate(active).contains(i));
        long index = 0;
        for (FeatureSet active : domain) {
            assertEquals(map.evaluate(active), table.row(index++), active.toString());
        }
        Gates found = table.gates().orElseThrow();
        for (FeatureSet active : domain) {
            assertEquals(map.evaluate(active), found.evaluate(active), active.toString());
        }
    }

    @Test
    void knownFunctionsGetTheirNormalForm() {
        TruthTable table = table(InputDomain.sparse(40, 2), 3, (active, i) -> switch (i) {
            case 0 -> active.contains(3) && active.contains(7);
            case 1 -> active.contains(3) || active.contains(7) || active.contains(9);
            default -> true;
        });
        Gates gates = table.gates().orElseThrow();
        assertEquals(Gates.of(40, List.of(Gate.and(3, 7), Gate.or(3, 7, 9), Gate.constant(true))), gates);
        assertEquals("imported", table.instance().orElseThrow().problem());
    }

    @Test
    void anOutputThatDependsOnTooManyFeaturesIsNoGate() {
        TruthTable wide = table(InputDomain.sparse(20, 2), 1, (active, i) -> active.size() == 2);
        assertEquals(Optional.empty(), wide.gates());
        assertEquals(FeatureSet.of(0), wide.row(2));
    }

    /** With exactly two active no two inputs differ in one feature, so nothing says what an output depends on. */
    @Test
    void aTableThatDoesNotSayWhatOutputsDependOnIsNoGate() {
        InputDomain domain = InputDomain.sparse(5, 2).withMinActive(2);
        assertEquals(
                Optional.empty(),
                table(domain, 1, (active, i) -> active.contains(1)).gates());
    }

    private Path npz(NamedArray... arrays) throws IOException {
        Path file = folder.resolve("truth.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz.write(List.of(arrays), out);
        }
        return file;
    }

    private static NamedArray truth(int rows, int bytes, int value) {
        return new NamedArray("truth", ArrayShape.of(ElementType.UINT8, rows, bytes), out -> {
            for (int i = 0; i < rows * bytes; i++) {
                out.putByte(value);
            }
        });
    }

    @Test
    void aFileIsReadAsNumPyPacksBits() throws IOException {
        TruthTable table = TruthTableFile.read(npz(
                NamedArray.scalar("features", 3),
                NamedArray.scalar("outputs", 10),
                NamedArray.scalar("max_active", 1),
                new NamedArray("truth", ArrayShape.of(ElementType.UINT8, 4, 2), out -> {
                    for (int each : new int[] {0x80, 0, 0x01, 0, 0, 0x80, 0, 0x40}) {
                        out.putByte(each);
                    }
                })));
        assertEquals(InputDomain.sparse(3, 1), table.domain());
        assertEquals(
                List.of(FeatureSet.of(0), FeatureSet.of(7), FeatureSet.of(8), FeatureSet.of(9)),
                List.of(table.row(0), table.row(1), table.row(2), table.row(3)));
    }

    @Test
    void damagedTablesAreRefusedOrStillTables() throws IOException {
        byte[] sound = Files.readAllBytes(npz(
                NamedArray.scalar("features", 3),
                NamedArray.scalar("outputs", 10),
                NamedArray.scalar("max_active", 2),
                truth(7, 2, 0x40)));
        RandomGenerator random = new Seed(13).generator();
        Path file = folder.resolve("damaged.npz");
        int refused = 0;
        for (int trial = 0; trial < 600; trial++) {
            byte[] bytes = trial % 3 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int flips = trial % 3 == 0 ? 0 : 1 + random.nextInt(2); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bytes);
            try {
                assertEquals(7, TruthTableFile.read(file).domain().size().intValue());
            } catch (InvalidInputException fault) {
                refused++;
                assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
            }
        }
        assertTrue(refused > 500, "only " + refused + " of 600 were refused");
    }

    private void assertFault(String part, NamedArray... arrays) throws IOException {
        Path file = npz(arrays);
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> TruthTableFile.read(file));
        assertTrue(fault.getMessage().startsWith(file + ": "), fault.getMessage());
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    @Test
    void tablesThatDoNotFitTheirDomainAreRefused() throws IOException {
        NamedArray features = NamedArray.scalar("features", 3);
        NamedArray outputs = NamedArray.scalar("outputs", 10);
        NamedArray most = NamedArray.scalar("max_active", 1);
        assertFault(
                "array truth is uint8 [5, 2], but 10 outputs of at most 1 of 3 features take uint8 [4, 2]",
                features,
                outputs,
                most,
                truth(5, 2, 0));
        assertFault("take uint8 [4, 2]", features, outputs, most, truth(4, 3, 0));
        assertFault(
                "row 0 of the truth table has bits beyond its 10 outputs", features, outputs, most, truth(4, 2, 0xff));
        assertFault("has no array max_active", features, outputs, truth(4, 2, 0));
        assertFault("has no array truth", features, outputs, most);
        assertFault(
                "max-active 4 is not in 1..3", features, outputs, NamedArray.scalar("max_active", 4), truth(4, 2, 0));
        assertFault(
                "min-active 2 is not in 0..1",
                features,
                outputs,
                most,
                NamedArray.scalar("min_active", 2),
                truth(4, 2, 0));
        assertFault(
                "array outputs is -1.0, but must be a whole number from 1",
                features,
                NamedArray.scalar("outputs", -1),
                most,
                truth(4, 2, 0));
        assertFault("array outputs is text", features, NamedArray.text("outputs", "ten"), most, truth(4, 2, 0));
        assertFault(
                "but must be one whole number", features, NamedArray.ints("outputs", new int[2]), most, truth(4, 2, 0));
    }
}
