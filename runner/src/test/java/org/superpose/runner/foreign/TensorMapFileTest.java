package org.superpose.runner.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.interop.foreign.Orientation;
import org.superpose.interop.foreign.TensorMap;
import org.superpose.interop.foreign.TensorMap.Affine;
import org.superpose.interop.foreign.TensorMap.Hidden;
import org.superpose.interop.foreign.TensorMap.Skip;
import org.superpose.interop.foreign.Thresholds;

class TensorMapFileTest {
    @TempDir
    Path folder;

    private static TensorMap parse(String text) {
        return TensorMapFile.parse("m.yaml", text);
    }

    @Test
    void everyPartOfAMapIsRead() {
        TensorMap map = parse("""
                embed: {weight: W_E, orientation: in-out}
                layers:
                  - W_1
                  - {weight: W_in, bias: b_in}
                  - {weight: W_out, bias: b_out, relu: false, skip: embed}
                  - {weight: W_2, skip: 1}
                  - {weight: W_3, relu: true, skip: features}
                readout: {weight: W_U, bias: b_U, on: ">= 0.9", off: "<=0.1"}
                """);
        Optional<String> none = Optional.empty();
        Optional<Orientation> told = Optional.empty();
        assertEquals(
                new TensorMap(
                        Optional.of(new Affine("W_E", none, Optional.of(Orientation.IN_OUT))),
                        List.of(
                                new Hidden(new Affine("W_1", none, told), true, Optional.empty()),
                                new Hidden(new Affine("W_in", Optional.of("b_in"), told), true, Optional.empty()),
                                new Hidden(
                                        new Affine("W_out", Optional.of("b_out"), told),
                                        false,
                                        Optional.of(new Skip.Embed())),
                                new Hidden(new Affine("W_2", none, told), true, Optional.of(new Skip.OfLayer(1))),
                                new Hidden(new Affine("W_3", none, told), true, Optional.of(new Skip.Features()))),
                        Optional.of(new Affine("W_U", Optional.of("b_U"), told)),
                        new Thresholds(0.9f, 0.1f)),
                map);
    }

    @Test
    void aReadoutMayBeThresholdsAloneAndAThresholdMayBeOne() {
        TensorMap map = parse("layers: [w]\nreadout: {on: '>= -2'}\n");
        assertEquals(Optional.empty(), map.readout());
        assertEquals(new Thresholds(-2, -2), map.thresholds());
        assertEquals(Thresholds.ZERO, parse("readout: w\n").thresholds());
    }

    @Test
    void aMapMayBeJson() {
        TensorMap map = TensorMapFile.parse("m.json", "{\"readout\": {\"weight\": \"w\", \"on\": \">= 1\"}}");
        assertEquals(new Thresholds(1, 1), map.thresholds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embd: w | m.yaml line 1: there is no key \"embd\" here; did you mean \"embed\"?",
                "readout: {on: '>= 1'} | m.yaml line 1: the key weight is missing: the name of a tensor",
                "layers: w | m.yaml line 1: layers must be a list, not the value \"w\"",
                "layers: [{weight: w, relu: yes}] | m.yaml line 1: relu must be true or false, not \"yes\"",
                "layers: [{weight: w, skip: -1}] | m.yaml line 1: skip must be features, embed or the index of an earlier layer from 0, not \"-1\"",
                "readout: {weight: w, on: 1} | m.yaml line 1: on must be \">= NUMBER\", not \"1\"",
                "readout: {weight: w, on: '>= 1e99'} | m.yaml line 1: on must be \">= NUMBER\", not \">= 1e99\"",
                "readout: {weight: w, off: '<= 1'} | m.yaml line 1: off needs on: an output is on from where?",
                "readout: {weight: w, on: '>= 1', off: '<= 2'} | m.yaml line 1: an output cannot be on from 1.0 and off up to 2.0: the thresholds overlap, off must be at most on",
                "readout: {weight: w, orientation: up} | m.yaml line 1: orientation must be out-in (rows are what the matrix gives) or in-out, not \"up\"",
                "readout: {weight: ''} | m.yaml line 1: the name of a tensor is empty",
                "embed: | m.yaml line 1: embed must name a tensor",
                "[] | m.yaml line 1: a map must be a group of keys, not a list",
                "{} | m.yaml line 1: a map needs at least one of embed, layers and readout",
            })
    void whatIsWrongIsNamedWithItsLine(String text, String message) {
        InvalidInputException fault = assertThrows(InvalidInputException.class, () -> parse(text));
        assertEquals(message, fault.getMessage());
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("map.yaml");
        assertEquals(
                "there is no map file " + file,
                assertThrows(InvalidInputException.class, () -> TensorMapFile.read(file))
                        .getMessage());
        Files.write(file, "embed: é".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "the map file " + file + " is not UTF-8 text",
                assertThrows(InvalidInputException.class, () -> TensorMapFile.read(file))
                        .getMessage());
    }
}
