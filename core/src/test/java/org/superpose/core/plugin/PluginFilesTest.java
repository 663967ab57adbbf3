package org.superpose.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.StrangeVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superpose.core.verify.SampledVerifier;

/** What is recorded of plugins, and what tells one record from another. */
class PluginFilesTest {
    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @TempDir
    Path folder;

    private static PluginFiles of(String jar, String version, String sha256) {
        return new PluginFiles(List.of(new PluginFile(jar, version, sha256)));
    }

    @ParameterizedTest
    @CsvSource({
        "my.jar,1.0",
        "my.jar,''",
        "'a, version 2; b.jar','1.0, SHA-256 of it'",
        "'; .jar',; ",
        "com.example.Mine,''",
        "'x, SHA-256 unknown',''"
    })
    void aTextIsReadBackAsWhatWasWritten(String jar, String version) {
        for (String digest : List.of(ONE, "")) {
            PluginFiles alone = of(jar, version, digest);
            assertEquals(alone.toString(), PluginFiles.parse(alone.toString()).toString());
        }
        PluginFiles several =
                of("my.jar", "1.0", ONE).and(of("lib/other.jar", "", TWO)).and(of("Mine", "", ""));
        assertEquals(several, PluginFiles.parse(several.toString()));
        assertEquals(
                "Mine, SHA-256 unknown; lib/other.jar, SHA-256 " + TWO + "; my.jar, version 1.0, SHA-256 " + ONE,
                several.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "my.jar, SHA-256 12", "17", "; "})
    void aTextThatIsNoneRecordsNothing(String text) {
        assertEquals(PluginFiles.NONE, PluginFiles.parse(text));
    }

    @Test
    void aJarIsReadOnceHoweverManyOfItsPluginsAsk() throws IOException {
        Path jar = Files.writeString(folder.resolve("large.jar"), "one");
        FileTime modified = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(jar, modified);
        PluginFiles before = PluginFiles.ofJar(jar);
        Files.writeString(jar, "two");
        Files.setLastModifiedTime(jar, modified);
        assertEquals(before, PluginFiles.ofJar(jar), "nothing shows that the jar has changed, but it was read again");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000_000));
        assertNotEquals(before, PluginFiles.ofJar(jar));
    }

    @Test
    void whatComesTwiceIsRecordedOnceInOneOrder() {
        PluginFiles one = of("a.jar", "1", ONE);
        PluginFiles two = of("b.jar", "1", TWO);
        assertEquals(one.and(two), PluginFiles.together(List.of(two, one, two, PluginFiles.NONE)));
        assertEquals(2, one.and(two).files().size());
    }

    @Test
    void aDigestThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PluginFile("my.jar", "", "12"));
        assertThrows(IllegalArgumentException.class, () -> new PluginFile("", "", ONE));
    }

    @Test
    void aChangeNamesWhatWasAndWhatIs() {
        PluginFiles was = of("my-1.0.jar", "1.0", ONE);
        assertEquals(List.of(), was.changes(was));
        assertEquals(List.of(), was.changes(was.and(of("other.jar", "", TWO))));
        assertEquals(List.of(), was.changes(of("renamed.jar", "1.0", ONE)));
        String before = "my-1.0.jar, version 1.0, SHA-256 " + ONE + " is now ";
        assertEquals(
                List.of(before + "my-1.0.jar, version 1.0, SHA-256 " + TWO), was.changes(of("my-1.0.jar", "1.0", TWO)));
        assertEquals(
                List.of(before + "my-1.1-SNAPSHOT.jar, version 1.1, SHA-256 " + TWO),
                was.changes(of("other.jar", "", TWO).and(of("my-1.1-SNAPSHOT.jar", "1.1", TWO))));
        assertEquals(List.of(before + "not there"), was.changes(PluginFiles.NONE));
        assertEquals(List.of(), PluginFiles.NONE.changes(was));
    }

    @Test
    void whereNoDigestIsKnownTheNameHasToDo() {
        PluginFiles was = of("Mine", "", "");
        assertEquals(List.of(), was.changes(of("Mine", "", ONE)));
        assertEquals(1, was.changes(of("Yours", "", "")).size());
    }

    private Path jar(String name, String version, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!version.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new ZipEntry(name));
        }
        return jar;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void aJarIsRecordedWithTheLibrariesThatItsManifestNames() throws Exception {
        Path further = jar("lib/further.jar", "", "../my.jar");
        Path library = jar("lib/near.jar", "7", "further.jar");
        Path jar = jar("my.jar", "1.0", "lib/near.jar lib/absent.jar http://example.com/far.jar");
        assertEquals(
                of("my.jar", "1.0", sha256(jar))
                        .and(of("lib/near.jar", "7", sha256(library)))
                        .and(of("further.jar", "", sha256(further))),
                PluginFiles.ofJar(jar));
    }

    @Test
    void aPluginFromNoJarIsRecordedByItsClassAndSuperposesOwnNotAtAll() {
        Catalog.Entry<StrangeVerifier> entry = Catalog.Entry.of(StrangeVerifier.saying((built, budget) -> null));
        assertEquals(1, entry.files().files().size());
        PluginFile file = entry.files().files().get(0);
        assertEquals(StrangeVerifier.class.getName(), file.jar());
        assertTrue(file.sha256().matches("[0-9a-f]{64}"), file.sha256());
        assertEquals(PluginFiles.NONE, Catalog.Entry.of(new SampledVerifier()).files());
    }
}
