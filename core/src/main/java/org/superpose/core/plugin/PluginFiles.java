package org.superpose.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The jars of plugins that something was made with, Superpose's own left out: a network, a row of results, a run.
 *
 * @param files each once, by name
 */
public record PluginFiles(List<PluginFile> files) {
    /** Made without plugins. */
    public static final PluginFiles NONE = new PluginFiles(List.of());

    private static final Pattern TEXT =
            Pattern.compile("(?<jar>.+?)(, version (?<version>.*?))?, SHA-256 (?<sha>[0-9a-f]{64}|unknown)(; |$)");

    /** Sorts them by name and leaves out what comes twice. */
    public PluginFiles {
        TreeSet<PluginFile> sorted = new TreeSet<>(Comparator.comparing(PluginFile::jar)
                .thenComparing(PluginFile::version)
                .thenComparing(PluginFile::sha256));
        sorted.addAll(files);
        files = List.copyOf(sorted);
    }

    /** A jar, with the jars that its manifest names in its Class-Path, as they are now. */
    public static PluginFiles ofJar(Path jar) {
        return JarFiles.of(jar);
    }

    /** Those of several things together. */
    public static PluginFiles together(Collection<PluginFiles> several) {
        return new PluginFiles(
                several.stream().flatMap(each -> each.files().stream()).toList());
    }

    /** These and others. */
    public PluginFiles and(PluginFiles others) {
        return together(List.of(this, others));
    }

    /** Whether no plugin took part. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** One text, as a row of results has it; {@link #parse} takes it back. */
    @Override
    public String toString() {
        return files.stream().map(PluginFile::toString).collect(Collectors.joining("; "));
    }

    /**
     * What {@link #toString} made.
     *
     * @param text one that it made; of any other text nothing, or what looks like it
     */
    public static PluginFiles parse(String text) {
        List<PluginFile> files = new ArrayList<>();
        Matcher found = TEXT.matcher(text);
        while (found.lookingAt()) {
            String sha = found.group("sha");
            files.add(new PluginFile(
                    found.group("jar"),
                    Optional.ofNullable(found.group("version")).orElse(""),
                    sha.equals("unknown") ? "" : sha));
            found.region(found.end(), text.length());
        }
        return new PluginFiles(files);
    }

    /**
     * What has changed since something was made with these.
     *
     * @param now the plugins that there are now
     * @return a phrase for each of these that is another now, or not there any more; it names both
     */
    public List<String> changes(PluginFiles now) {
        List<String> changes = new ArrayList<>();
        for (PluginFile recorded : files) {
            boolean same = now.files.stream()
                    .anyMatch(file -> recorded.sha256().isEmpty()
                            ? file.jar().equals(recorded.jar())
                            : file.sha256().equals(recorded.sha256()));
            if (!same) {
                changes.add(recorded + " is now "
                        + now.successor(recorded).map(PluginFile::toString).orElse("not there"));
            }
        }
        return changes;
    }

    /** The file of the same name, or else of the same name but for numbers. */
    private Optional<PluginFile> successor(PluginFile recorded) {
        return files.stream()
                .filter(file -> file.jar().equals(recorded.jar()))
                .findFirst()
                .or(() -> files.stream()
                        .filter(file -> stem(file).equals(stem(recorded)))
                        .findFirst());
    }

    private static String stem(PluginFile file) {
        return file.jar().replaceAll("[-_.]?\\d[\\w.-]*", "");
    }
}
