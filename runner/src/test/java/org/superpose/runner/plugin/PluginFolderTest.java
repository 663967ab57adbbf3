package org.superpose.runner.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.JavaRun;
import org.superpose.runner.Superpose;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/** Folders of sound and broken jars. */
@Tag("jdk")
class PluginFolderTest {
    @TempDir
    Path folder;

    private PluginJars jar() {
        return new PluginJars(folder);
    }

    private PluginFolder open() {
        return PluginFolder.open(folder.resolve("plugins"), PluginFolderTest.class.getClassLoader());
    }

    private static List<String> ids(PluginFolder plugins) {
        return plugins.find("problem", Problem.class).plugins().stream()
                .map(entry -> entry.plugin().id())
                .toList();
    }

    /** A jar that works goes on working beside a jar that fails. */
    private void assertOnlySkipped(String sentence) throws IOException {
        jar().problem("Healthy", "healthy", "").write("zz-healthy.jar");
        PluginFolder plugins = open();
        assertEquals(List.of("healthy"), ids(plugins));
        assertEquals(1, plugins.failures().size(), () -> plugins.failures().toString());
        String failure = plugins.failures().get(0);
        assertTrue(failure.contains(sentence), failure);
        assertEquals(1, failure.lines().count(), failure);
    }

    @Test
    void aPluginIsFoundWithItsOriginAndVersion() throws IOException {
        jar().problem("com.example.Good", "good", "")
                .attribute("Implementation-Version", "3.1")
                .attribute(PluginJar.BUILT_AGAINST, "0.0.1")
                .write("good-3.1.jar");
        PluginFolder plugins = open();
        Catalog<Problem> catalog = Catalog.from("problem", Problem.class, List.of(plugins));
        assertEquals(List.of(), plugins.failures());
        assertEquals("good-3.1.jar", catalog.entries().get(0).origin());
        assertEquals("3.1", catalog.entries().get(0).version());
    }

    @Test
    void aJarIsFoundInWhateverCaseItsNameIsWritten() throws IOException {
        jar().problem("Loud", "loud", "").write("LOUD.JAR");
        jar().problem("Mixed", "mixed", "").write("mixed.Jar");
        assertEquals(List.of("loud", "mixed"), ids(open()));
    }

    @Tag("slow")
    @Test
    void whatAPluginPrintsDoesNotGetAmongTheResults() throws IOException, InterruptedException {
        jar().problem("Chatty", "chatty", "public Chatty() { System.out.println(\"hello from a plugin\"); }")
                .write("chatty.jar");
        JavaRun run = JavaRun.of(
                folder,
                "-cp",
                System.getProperty("java.class.path"),
                "org.superpose.runner.cli.Main",
                "list",
                "problems",
                "--json",
                "--plugin-dir",
                folder.resolve("plugins").toString());
        assertEquals(0, run.status(), run.err());
        assertTrue(new ObjectMapper().readTree(run.out()).findValuesAsText("id").contains("chatty"), run.out());
        assertTrue(run.err().contains("hello from a plugin"), run.err());
        assertFalse(run.out().contains("hello from a plugin"), run.out());
    }

    @Test
    void everyJarHasAClassLoaderOfItsOwn() throws IOException {
        PluginJars first = jar().source("Shared", "public class Shared { public static String name = \"first\"; }");
        first.problem("One", "one", "public String shared = Shared.name;").write("one.jar");
        PluginJars second = jar().source("Shared", "public class Shared { public static String name = \"second\"; }");
        second.problem("Two", "two", "public String shared = Shared.name;").write("two.jar");
        PluginFolder plugins = open();
        assertEquals(List.of("one", "two"), ids(plugins));
        List<Plugin> found = List.copyOf(plugins.find("problem", Problem.class).plugins().stream()
                .map(Catalog.Entry::plugin)
                .toList());
        assertNotSame(
                found.get(0).getClass().getClassLoader(),
                found.get(1).getClass().getClassLoader());
        assertEquals("first", shared(found.get(0)));
        assertEquals("second", shared(found.get(1)));
    }

    private static Object shared(Plugin plugin) {
        try {
            return plugin.getClass().getField("shared").get(plugin);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whatTheClassPathOffersIsNotFoundAgainInEveryJar() throws IOException {
        jar().problem("Good", "good", "").write("good.jar");
        assertEquals(List.of("good"), ids(open()));
        assertEquals(List.of(), open().find("verifier", Verifier.class).plugins());
    }

    @Test
    void aVerifierOfTheFolderTakesPartInTheAutomaticChoiceWhereItIsTrusted() throws IOException {
        jar().verifier("Jar", "from-a-jar", "return new Verdict.Verified(id(), size);")
                .write("verifier.jar");
        Superpose.Builder builder = Superpose.builder().pluginDir(folder.resolve("plugins"));
        Superpose careful = builder.build();
        BuiltNetwork built = build(careful, "two-and", "dedicated", "inputs=12");
        assertFalse(autoVerdict(careful, built).method().contains("from-a-jar"));
        Verdict trusted = autoVerdict(builder.trust("from-a-jar").build(), built);
        assertInstanceOf(Verdict.Verified.class, trusted);
        assertEquals("from-a-jar (verifier.jar)", trusted.method());
        assertThrows(
                InvalidInputException.class,
                () -> Superpose.builder().trust("from-a-jar").build());
    }

    private static Verdict autoVerdict(Superpose superpose, BuiltNetwork built) {
        return superpose.workbench().verify(built, AutoVerifier.ID, VerificationBudget.unlimited());
    }

    @Test
    void aConstructionOfTheFolderIsABlockOfChains() throws IOException {
        jar().source("Jar", """
                        import org.superpose.core.construction.*;
                        import org.superpose.core.network.*;
                        import org.superpose.core.parameter.*;
                        import org.superpose.core.plugin.*;
                        import org.superpose.core.problem.*;
                        import org.superpose.core.random.*;

                        public class Jar implements BlockConstruction {
                            private final BlockConstruction like =
                                    new org.superpose.constructions.linear.LinearTwoAnd();

                            public String id() {
                                return "from-a-jar";
                            }

                            public String title() {
                                return "a test";
                            }

                            public java.util.List<Parameter<?>> parameters() {
                                return like.parameters();
                            }

                            public Acceptance accepts(ProblemInstance instance) {
                                return like.accepts(instance);
                            }

                            public SuperposedNetwork build(ProblemInstance of, ParameterValues given, Seed seed) {
                                return like.build(of, given, seed);
                            }

                            public SuperposedNetwork buildBlock(
                                    ProblemInstance of, Codes codes, ParameterValues given, Seed seed) {
                                return like.buildBlock(of, codes, given, seed);
                            }

                            public int rank() {
                                return 1;
                            }
                        }
                        """)
                .service("org.superpose.core.construction.Construction", "Jar")
                .write("blocks.jar");
        Superpose superpose =
                Superpose.builder().pluginDir(folder.resolve("plugins")).build();
        assertEquals(
                "from-a-jar from-a-jar",
                blocks(superpose, "k-and", "k-and-tree", "inputs=12", "outputs=4", "width=640"));
        assertEquals(
                "linear-permutation from-a-jar",
                blocks(
                        superpose,
                        "layered",
                        "layered",
                        "inputs=12",
                        "layers=permutation,two-and",
                        "width=640",
                        "max-active=2"));
    }

    private static Object blocks(Superpose superpose, String problem, String construction, String... settings) {
        return build(superpose, problem, construction, settings)
                .network()
                .provenance()
                .facts()
                .get("blocks");
    }

    private static BuiltNetwork build(Superpose superpose, String problem, String construction, String... settings) {
        return superpose
                .workbench()
                .build(NetworkRecipe.of(problem, construction, Assignments.parse(List.of(settings)), new Seed(1)));
    }

    @Test
    void aCorruptJarIsReportedByItsName() throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("plugins/corrupt.jar"), "this is no zip");
        assertOnlySkipped("corrupt.jar is not a readable jar");
    }

    @Test
    void aJarThatIsCutOffIsReportedByItsName() throws IOException {
        Path jar = jar().problem("Good", "good", "").write("cut.jar");
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
        assertOnlySkipped("cut.jar is not a readable jar");
    }

    @Test
    void aMissingClassIsReportedByTheNameOfTheJar() throws IOException {
        jar().service("org.superpose.core.problem.Problem", "com.example.Absent")
                .write("absent.jar");
        assertOnlySkipped("absent.jar: a problem plugin could not be loaded");
    }

    @Test
    void aMissingSuperclassOrHelperIsReportedByTheNameOfTheJar() throws IOException {
        jar().source("Helper", "public class Helper { public static int one() { return 1; } }")
                .problem("Needy", "needy", "private final int one = Helper.one();")
                .write("needy.jar", "Helper");
        assertOnlySkipped("needy.jar: a problem plugin could not be loaded");
    }

    @Test
    void aConstructorThatThrowsIsReportedByTheNameOfTheJar() throws IOException {
        jar().problem("Throwing", "throwing", "public Throwing() { throw new IllegalStateException(\"no disk\"); }")
                .write("throwing.jar");
        assertOnlySkipped("throwing.jar: a problem plugin could not be loaded");
        assertTrue(open().failures().get(0).contains("no disk"));
    }

    @Test
    void aStaticInitialiserThatThrowsIsReportedByTheNameOfTheJar() throws IOException {
        jar().problem("Static", "static", "static final int X = Integer.parseInt(\"x\");")
                .write("static.jar");
        assertOnlySkipped("static.jar: a problem plugin could not be loaded");
    }

    @Test
    void anIdThatIsNoIdIsReportedByTheNameOfTheJar() throws IOException {
        jar().problem("Odd", "Odd Id", "").write("odd.jar");
        assertOnlySkipped("odd.jar: a problem plugin could not be loaded: Odd has the id \"Odd Id\"");
    }

    @Test
    void aMethodThatIsMissingInThisSuperposeIsReportedByTheNameOfTheJar() throws IOException {
        // Compiled against a class of core that has one method more than the real one.
        jar().source(
                        "org/superpose/core/NearestName",
                        "package org.superpose.core; public class NearestName "
                                + "{ public static String fromTheFuture() { return \"\"; } }")
                .problem("Future", "future", "private final String x = org.superpose.core.NearestName.fromTheFuture();")
                .write("future.jar", "org/superpose/core/NearestName");
        assertOnlySkipped("future.jar: a problem plugin could not be loaded");
    }

    @Test
    void aJarBuiltAgainstANewerSuperposeIsReportedByItsName() throws IOException {
        jar().problem("Newer", "newer", "")
                .attribute(PluginJar.BUILT_AGAINST, "99.1")
                .write("newer.jar");
        assertOnlySkipped("newer.jar was built against Superpose 99.1, which is newer than this one");
    }

    @Test
    void aKindOfPluginThatIsNotKnownIsReportedByTheNameOfTheJar() throws IOException {
        jar().service("org.superpose.core.oracle.Oracle", "Delphi").write("oracle.jar");
        assertOnlySkipped("oracle.jar offers org.superpose.core.oracle.Oracle, a kind of plugin that Superpose");
    }

    @Test
    void aJarWithoutPluginsIsReportedByItsName() throws IOException {
        jar().write("library.jar");
        assertOnlySkipped("library.jar holds no plugin");
    }

    @Test
    void oneBrokenPluginOfAJarDoesNotTakeTheOthersDown() throws IOException {
        jar().problem("Fine", "fine", "")
                .problem("Broken", "broken", "public Broken() { throw new Error(\"broken\"); }")
                .write("both.jar");
        PluginFolder plugins = open();
        assertEquals(List.of("fine"), ids(plugins));
        assertEquals(1, plugins.failures().size());
    }

    private void assertHealthyOnly(String failure) throws IOException {
        jar().problem("Healthy", "healthy", "").write("zz-healthy.jar");
        PluginFolder plugins = open();
        assertEquals(List.of("healthy"), ids(plugins));
        assertEquals(List.of(failure), plugins.failures());
        Superpose.Builder builder = Superpose.builder();
        assertEquals(
                failure,
                assertThrows(InvalidInputException.class, () -> builder.pluginDir(folder.resolve("plugins")))
                        .getMessage());
    }

    @Test
    void twoJarsWithOneIdAreSkippedTogetherAndBothNamed() throws IOException {
        jar().problem("First", "same", "")
                .attribute("Implementation-Version", "1")
                .write("first.jar");
        jar().problem("Second", "same", "")
                .attribute("Implementation-Version", "2")
                .write("second.jar");
        assertHealthyOnly("First in first.jar and Second in second.jar are each the problem \"same\", and nothing"
                + " says which is meant: none of them is used; remove all but one");
    }

    @Test
    void twoPluginsOfOneJarWithOneIdAreSkippedTogether() throws IOException {
        jar().problem("First", "same", "").problem("Second", "same", "").write("both.jar");
        assertHealthyOnly("First in both.jar and Second in both.jar are each the problem \"same\", and nothing"
                + " says which is meant: none of them is used; remove all but one");
    }

    private void writeVersion(String file, String version) throws IOException {
        PluginJars jar = jar().problem("com.example.Mine", "mine", "public String from = \"" + file + "\";");
        (version.isEmpty() ? jar : jar.attribute("Implementation-Version", version)).write(file);
    }

    @Test
    void ofTwoVersionsOfOnePluginTheNewerIsUsedAndBothAreNamed() throws IOException {
        writeVersion("mine-1.10.0.jar", "1.10.0");
        writeVersion("mine-1.9.0.jar", "1.9.0");
        PluginFolder plugins = open();
        assertEquals(
                List.of("mine-1.9.0.jar (version 1.9.0) is an older version of mine-1.10.0.jar (version 1.10.0), which"
                        + " is used"),
                plugins.failures());
        assertEquals(
                List.of("mine-1.10.0.jar"),
                plugins.find("problem", Problem.class).plugins().stream()
                        .map(Catalog.Entry::origin)
                        .toList());
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"'',''", "1.0,1.0", "'',1.0", "1.0-SNAPSHOT,1.0"})
    void versionsThatDoNotTellWhichIsNewerAreSkippedTogether(String one, String other) throws IOException {
        writeVersion("a.jar", one);
        writeVersion("b.jar", other);
        assertHealthyOnly("com.example.Mine in a.jar and com.example.Mine in b.jar are each the problem \"mine\", and"
                + " nothing says which is meant: none of them is used; remove all but one");
    }

    @Test
    void ofTwoCopiesOfOneJarOneIsUsedAndBothAreNamed() throws IOException {
        writeVersion("a.jar", "1.0");
        Files.copy(folder.resolve("plugins/a.jar"), folder.resolve("plugins/b.jar"));
        PluginFolder plugins = open();
        assertEquals(List.of("mine"), ids(plugins));
        assertEquals(List.of("b.jar is the same file as a.jar, which is used"), plugins.failures());
    }

    @Test
    void aPluginWithTheIdOfOneOfSuperposesOwnIsSkippedByTheNameOfItsJar() throws IOException {
        jar().problem("Double", "two-and", "").write("double.jar");
        assertHealthyOnly("double.jar: the problem \"two-and\" (Double) has the id of one that Superpose has itself");
    }

    @Test
    void whatAJarHoldsOfSuperposeIsIgnoredWithAWarning() throws IOException {
        jar().source(
                        "org/superpose/core/NearestName",
                        "package org.superpose.core; public class NearestName "
                                + "{ public static String suggestion(String a, java.util.Collection<String> b) "
                                + "{ return \"forged\"; } }")
                .source("org/superpose/core/verify/Extra", "package org.superpose.core.verify; public class Extra {}")
                .problem(
                        "Fat",
                        "fat",
                        "public String shared = org.superpose.core.NearestName.suggestion(\"x\", List.of());")
                .service("org.superpose.core.problem.Problem", "org.superpose.problems.TwoAndProblem")
                .service("org.superpose.core.problem.Problem", "org.superpose.problems.OfTheNextVersion # ours")
                .service("org.superpose.core.verify.Verifier", "org.superpose.core.verify.AutoVerifier")
                .write("fat.jar");
        PluginFolder plugins = open();
        assertEquals(List.of("fat"), ids(plugins));
        assertEquals(List.of(), plugins.failures());
        assertEquals(
                List.of("fat.jar holds classes of Superpose itself (org.superpose.core and 1 other package), which are"
                        + " ignored; leave them out of it (Maven: scope provided)"),
                plugins.warnings());
        assertEquals(
                "",
                shared(plugins.find("problem", Problem.class).plugins().get(0).plugin()));
        assertEquals(List.of(), plugins.find("verifier", Verifier.class).plugins());
        Superpose.builder().pluginDir(folder.resolve("plugins")).build();
    }

    @Test
    void aClassOfAReservedPackageThatOnlyTheJarHasIsNotLoaded() throws IOException {
        jar().source(
                        "org/superpose/core/verify/Extra",
                        "package org.superpose.core.verify;"
                                + " public class Extra { public static int one() { return 1; } }")
                .problem("Needy", "needy", "private final int one = org.superpose.core.verify.Extra.one();")
                .write("needy.jar");
        assertOnlySkipped("needy.jar: a problem plugin could not be loaded");
    }

    @Test
    void aJarOfSuperposesOwnIsSkippedByItsName() throws IOException {
        jar().service("org.superpose.core.problem.Problem", "org.superpose.problems.TwoAndProblem")
                .write("superpose-problems.jar");
        assertHealthyOnly(
                "superpose-problems.jar holds no plugin but those of Superpose itself, which are there already");
    }

    @Test
    void aPluginsOwnVersionOfALibraryComesBeforeOurs() throws IOException {
        jar().source(
                        "com/fasterxml/jackson/databind/ObjectMapper",
                        "package com.fasterxml.jackson.databind; public class ObjectMapper "
                                + "{ public static String ofAnotherVersion() { return \"mine\"; } }")
                .problem(
                        "Modern",
                        "modern",
                        "public String shared = com.fasterxml.jackson.databind.ObjectMapper.ofAnotherVersion();")
                .write("modern.jar");
        PluginFolder plugins = open();
        assertEquals(List.of(), plugins.failures());
        assertEquals(
                "mine",
                shared(plugins.find("problem", Problem.class).plugins().get(0).plugin()));
    }

    @Test
    void servicesOfAPluginsOwnLibraryAreNotMixedWithOurs() throws IOException {
        jar().source(
                        "com/fasterxml/jackson/core/ObjectCodec",
                        "package com.fasterxml.jackson.core; public class ObjectCodec {}")
                .problem(
                        "Codecs",
                        "codecs",
                        "public String shared = Long.toString(ServiceLoader.load("
                                + "com.fasterxml.jackson.core.ObjectCodec.class, getClass().getClassLoader())"
                                + ".stream().count());")
                .write("codecs.jar");
        PluginFolder plugins = open();
        assertEquals(List.of(), plugins.failures());
        assertEquals(
                "0",
                shared(plugins.find("problem", Problem.class).plugins().get(0).plugin()));
    }

    @Test
    void aLibraryThatOnlySuperposeHasIsFoundAllTheSame() throws IOException {
        jar().problem(
                        "Sharing",
                        "sharing",
                        "public String shared = com.fasterxml.jackson.core.JsonFactory.FORMAT_NAME_JSON;"
                                + " private final Object mapper = new com.fasterxml.jackson.databind.ObjectMapper();")
                .write("sharing.jar");
        assertEquals(List.of("sharing"), ids(open()));
    }

    @Test
    void aClosedFolderLetsGoOfItsJars() throws IOException {
        jar().problem("com.example.Open", "open", "").write("open.jar");
        Superpose superpose =
                Superpose.builder().pluginDir(folder.resolve("plugins")).build();
        PluginFolder plugins = open();
        ClassLoader loader = plugins.find("problem", Problem.class)
                .plugins()
                .get(0)
                .plugin()
                .getClass()
                .getClassLoader();
        String own = "com/example/Open.class";
        assertTrue(loader.getResource(own) != null);
        plugins.close();
        plugins.close();
        assertEquals(null, loader.getResource(own));
        assertEquals(
                "open",
                superpose
                        .workbench()
                        .instance("open", Assignments.NONE, new Seed(1))
                        .problem());
        superpose.close();
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        InvalidInputException refused = assertThrows(InvalidInputException.class, this::open);
        assertTrue(refused.getMessage().contains("does not exist"), refused.getMessage());
    }

    @Test
    void releasesAreComparedByTheirNumbers() {
        assertTrue(ReleaseNumber.of("0.2").isNewerThan(ReleaseNumber.of("0.1.9-SNAPSHOT")));
        assertTrue(ReleaseNumber.of("0.10.0").isNewerThan(ReleaseNumber.of("0.9.0")));
        assertFalse(ReleaseNumber.of("0.1.0").isNewerThan(ReleaseNumber.of("0.1.0-SNAPSHOT")));
        assertFalse(ReleaseNumber.of("0.1").isNewerThan(ReleaseNumber.of("0.1.0")));
        assertFalse(ReleaseNumber.of("nonsense").isNewerThan(ReleaseNumber.of("0.1.0")));
    }
}
