package org.superpose.runner.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The links of a site to itself: each has to lead to a file that is there, and to a place in it. */
public final class SiteLinks {
    private static final Pattern LINK = Pattern.compile("<(?:a|link|img|script)\\b[^>]*?\\s(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]+)\"");
    /** Programs of pages hold text that only looks like a link. */
    private static final Pattern PROGRAM = Pattern.compile("(?s)(<script\\b[^>]*>).*?</script>");

    private final Map<Path, Set<String>> places = new HashMap<>();

    private SiteLinks() {}

    /** The links that lead nowhere, each with the page that has it; empty if all is well. */
    public static List<String> broken(Path site) {
        SiteLinks links = new SiteLinks();
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(site)) {
            files.filter(file -> file.toString().endsWith(".html")).sorted().forEach(page -> {
                Matcher matcher = LINK.matcher(markup(page));
                while (matcher.find()) {
                    String target = unescaped(matcher.group(1));
                    if (!target.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*") && !links.leadsSomewhere(page, target)) {
                        broken.add(site.relativize(page) + ": " + target);
                    }
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return broken;
    }

    private boolean leadsSomewhere(Path page, String target) {
        int hash = target.indexOf('#');
        String name = URLDecoder.decode(
                (hash < 0 ? target : target.substring(0, hash)).replace("+", "%2B"), StandardCharsets.UTF_8);
        Path file = name.isEmpty() ? page : page.resolveSibling(name).normalize();
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (name.isEmpty() && page.endsWith("constant-values.html")) {
            return true; // javadoc links groups of packages there to places that it does not make
        }
        String place = hash < 0 ? "" : URLDecoder.decode(target.substring(hash + 1), StandardCharsets.UTF_8);
        // A state of an explorer's page is no place in it.
        return place.isEmpty() || place.contains("=") || placesOf(file).contains(place);
    }

    private Set<String> placesOf(Path file) {
        return places.computeIfAbsent(file, each -> {
            Set<String> found = new HashSet<>();
            Matcher matcher = ID.matcher(markup(each));
            while (matcher.find()) {
                found.add(unescaped(matcher.group(1)));
            }
            return found;
        });
    }

    private static String unescaped(String attribute) {
        return attribute
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static String markup(Path page) {
        try {
            return PROGRAM.matcher(Files.readString(page, StandardCharsets.UTF_8))
                    .replaceAll("$1</script>");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
