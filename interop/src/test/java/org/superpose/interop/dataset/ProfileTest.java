package org.superpose.interop.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.PythonScript;
import org.superpose.interop.TinyNetworks;
import org.superpose.interop.dataset.SampleProfile.Frequencies;
import org.superpose.interop.dataset.SampleProfile.Range;

class ProfileTest {
    @TempDir
    Path folder;

    private static SampleProfile profile(
            Range gates, Range features, Frequencies frequencies, Optional<SampleProfile.Hierarchy> hierarchy) {
        return new SampleProfile(
                gates,
                features,
                frequencies,
                frequencies,
                Optional.empty(),
                hierarchy,
                Optional.empty(),
                0,
                false,
                true);
    }

    private Path write(BuiltNetwork built, SampleProfile profile, int samples) {
        Path target = folder.resolve("data");
        ActivationDataset.write(
                built,
                new PlainEvaluator(built.network()),
                new DatasetRequest(samples, new Seed(1)).with(profile).withTruth(),
                target,
                Progress.NONE);
        return target;
    }

    @Test
    void withinTheDomainNoSampleLeavesItAndGatesAreOnAsOftenAsAsked() {
        BuiltNetwork built = TinyNetworks.layered();
        SampleProfile profile = SampleProfile.oneGate();
        ProfileSampler sampler = new ProfileSampler(built.instance(), profile, new Seed(1));
        for (int i = 0; i < 500; i++) {
            Sample sample = sampler.sample(i);
            assertTrue(built.instance().domain().contains(sample.active()));
            assertTrue(
                    built.instance().layers().get(0).evaluate(sample.active()).contains(sample.gate()));
        }
    }

    @Test
    void beyondTheDomainSeveralGatesAreOnAtOnce() {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        SampleProfile profile = profile(new Range(3, 3), new Range(0, 0), Frequencies.EQUAL, Optional.empty());
        ProfileSampler sampler = new ProfileSampler(built.instance(), profile, new Seed(1));
        double on = IntStream.range(0, 300)
                .mapToObj(sampler::sample)
                .mapToInt(sample -> built.instance().evaluate(sample.active()).size())
                .average()
                .orElseThrow();
        assertTrue(on > 2.5, "on average " + on);
    }

    @Test
    void givenFrequenciesAreThoseOfTheDraws() {
        double[] weights = new double[24];
        weights[3] = 3;
        weights[5] = 1;
        ProfileSampler sampler = new ProfileSampler(
                TinyNetworks.clippedTwoAnd().instance(),
                new SampleProfile(
                        new Range(0, 0),
                        new Range(1, 1),
                        Frequencies.EQUAL,
                        new Frequencies.Given(weights),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        false,
                        false),
                new Seed(1));
        Map<FeatureSet, Integer> counts = new HashMap<>();
        IntStream.range(0, 4000).forEach(i -> counts.merge(sampler.sample(i).active(), 1, Integer::sum));
        assertEquals(2, counts.size());
        assertEquals(3000, counts.get(FeatureSet.of(3)), 150);
    }

    @Test
    void zipfMakesOneFeatureMoreFrequentThanTheOthersByItsRank() {
        ProfileSampler sampler = new ProfileSampler(
                TinyNetworks.clippedTwoAnd().instance(),
                profile(new Range(0, 0), new Range(1, 1), new Frequencies.Zipf(1), Optional.empty()),
                new Seed(1));
        int[] counts = new int[24];
        IntStream.range(0, 20_000)
                .forEach(i -> counts[sampler.sample(i).active().get(0)]++);
        int[] sorted = Arrays.stream(counts).sorted().toArray();
        double harmonic =
                IntStream.rangeClosed(1, 24).mapToDouble(rank -> 1.0 / rank).sum();
        assertEquals(20_000 / harmonic, sorted[23], 300);
        assertEquals(10_000 / harmonic, sorted[22], 300);
    }

    @Test
    void correlatedFeaturesAreDrawnTogether() {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        double plain = largestLift(built, Optional.empty());
        double correlated = largestLift(built, Optional.of(new SampleProfile.Correlation(2, 4)));
        assertTrue(correlated > plain + 0.3, plain + " against " + correlated);
    }

    /** How much more often than by chance the most correlated pair is drawn together. */
    private static double largestLift(BuiltNetwork built, Optional<SampleProfile.Correlation> correlation) {
        SampleProfile profile = new SampleProfile(
                new Range(0, 0),
                new Range(4, 4),
                Frequencies.EQUAL,
                Frequencies.EQUAL,
                correlation,
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                true);
        ProfileSampler sampler = new ProfileSampler(built.instance(), profile, new Seed(1));
        int samples = 4000;
        int[][] together = new int[24][24];
        for (int i = 0; i < samples; i++) {
            int[] active = sampler.sample(i).active().toArray();
            for (int a : active) {
                for (int b : active) {
                    together[a][b]++;
                }
            }
        }
        double largest = 0;
        for (int a = 0; a < 24; a++) {
            for (int b = 0; b < a; b++) {
                double chance = (double) together[a][a] * together[b][b] / samples;
                largest = Math.max(largest, together[a][b] / chance);
            }
        }
        return largest;
    }

    /**
     * The forest is told from the samples: of two features one of which always brings the other, that is an ancestor.
     */
    @Test
    void aFeatureIsActiveOnlyWithItsParentAndWithoutItsSiblings() {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        SampleProfile profile = profile(
                new Range(0, 0),
                new Range(1, 1),
                Frequencies.EQUAL,
                Optional.of(new SampleProfile.Hierarchy(2, 3, true)));
        ProfileSampler sampler = new ProfileSampler(built.instance(), profile, new Seed(1));
        int[] sizes = new int[4];
        for (int i = 0; i < 2000; i++) {
            sizes[sampler.sample(i).active().size()]++;
        }
        // 24 features in trees of 1 + 2 + 4: three whole ones and three features of a fourth
        assertEquals(0, sizes[0]);
        assertEquals(2000 * 4 / 24.0, sizes[1], 70);
        assertEquals(2000 * 8 / 24.0, sizes[2], 90);
        assertEquals(2000 * 12 / 24.0, sizes[3], 90);
    }

    /** NumPy undoes the rotation and finds the noise and the magnitudes. */
    @Tag("slow")
    @Test
    void rotationNoiseAndMagnitudesAreWhatTheFilesSay() throws Exception {
        SampleProfile profile = new SampleProfile(
                new Range(1, 2),
                new Range(0, 2),
                Frequencies.EQUAL,
                Frequencies.EQUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SampleProfile.Magnitudes(1, 0.25)),
                0.125,
                true,
                true);
        write(TinyNetworks.clippedTwoAnd(), profile, 400);
        String printed = PythonScript.run(folder, """
                import numpy as np
                net, truth, part = (np.load(f"data/{n}.npz") for n in ("network", "truth", "part-00000"))
                codes = net["encoder.codes"]
                encoder = np.zeros((len(codes), 160))
                for feature, code in enumerate(codes):
                    encoder[feature, code] = 1
                y = np.zeros((400, 160))
                for i in range(400):
                    for feature, magnitude in zip(part["features"][i], part["magnitudes"][i]):
                        if feature >= 0:
                            y[i] += magnitude * encoder[feature]
                turn = truth["rotations.0"]
                assert abs(turn @ turn.T - np.eye(160)).max() < 1e-5
                noise = part["activations.0"] @ turn - y
                assert abs(noise.std() - 0.125) < 0.005 and abs(noise.mean()) < 0.005
                used = part["features"] >= 0
                assert abs(part["magnitudes"][used].mean() - 1) < 0.05
                assert abs(part["magnitudes"][used].std() - 0.25) < 0.05
                assert abs(truth["directions.0"] - encoder @ turn.T).max() < 1e-5
                assert not truth["samples.in_domain"].any()
                # right as often as the network is when it is run here
                for t in 0, 1:
                    y = np.maximum(y @ net[f"layers.{t}.weight"].T + net[f"layers.{t}.bias"], 0)
                on = np.stack([(y[:, code[code >= 0]] >= net["decoder.threshold"][i]).all(axis=1)
                               for i, code in enumerate(net["decoder.codes"])], axis=1)
                reads = net["gates.inputs"].reshape(-1, 2)
                active = np.zeros((400, len(codes)), bool)
                for i in range(400):
                    active[i, part["features"][i][used[i]]] = True
                right = (on == active[:, reads].all(axis=2)).all(axis=1)
                print((right == part["right"]).mean() > 0.98, 0.1 < right.mean() < 0.999)
                """);
        assertEquals("True True\n", printed);
    }

    @Test
    void theSameProfileAndSeedGiveTheSameBytesWhateverTheSizeOfTheDataSet() throws IOException {
        SampleProfile profile = new SampleProfile(
                new Range(1, 2),
                new Range(0, 2),
                new Frequencies.Zipf(1),
                new Frequencies.Zipf(1),
                Optional.of(new SampleProfile.Correlation(3, 2)),
                Optional.of(new SampleProfile.Hierarchy(2, 2, false)),
                Optional.of(new SampleProfile.Magnitudes(1, 0.1)),
                0.01,
                true,
                true);
        Path first = write(TinyNetworks.clippedTwoAnd(), profile, 60);
        byte[] part = Files.readAllBytes(first.resolve("part-00000.npz"));
        folder = Files.createDirectory(folder.resolve("other"));
        Path again = write(TinyNetworks.clippedTwoAnd(), profile, 60);
        assertEquals(-1, Arrays.mismatch(part, Files.readAllBytes(again.resolve("part-00000.npz"))));
        ProfileSampler one = new ProfileSampler(TinyNetworks.clippedTwoAnd().instance(), profile, new Seed(1));
        ProfileSampler other = new ProfileSampler(TinyNetworks.clippedTwoAnd().instance(), profile, new Seed(2));
        assertTrue(IntStream.range(0, 20)
                .anyMatch(i -> !one.sample(i).active().equals(other.sample(i).active())));
    }

    @Test
    void frequenciesThatDoNotFitAreRefused() {
        BuiltNetwork built = TinyNetworks.clippedTwoAnd();
        SampleProfile profile =
                profile(new Range(1, 1), new Range(0, 0), new Frequencies.Given(new double[] {1, 2}), Optional.empty());
        InvalidInputException fault = assertThrows(
                InvalidInputException.class, () -> new ProfileSampler(built.instance(), profile, new Seed(1)));
        assertEquals("2 frequencies are given for 30 gates", fault.getMessage());
        for (double[] wrong : List.of(new double[] {0}, new double[] {-1, 2}, new double[] {Double.NaN})) {
            assertThrows(InvalidInputException.class, () -> new Frequencies.Given(wrong));
        }
    }
}
