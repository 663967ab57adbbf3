package org.superpose.runner.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.file.FolderLock;
import org.superpose.runner.store.file.StoreException;
import org.superpose.runner.store.file.StoreFile;
import org.superpose.runner.store.file.WriteAccess;

/**
 * The list of files that were made from the results in a folder, kept in its store: what they were, so that a changed
 * one is noticed.
 */
public final class Artefacts {
    private static final String HOLDER = "the list of artefacts";

    /** What a file is. */
    public enum Kind {
        /** A report. */
        PAGE,
        /** A plot. */
        FIGURE,
        /** The answer to a query. */
        EXPORT;

        /** The word in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Artefacts() {}

    /**
     * Lists files in the store of a folder; one that was listed before is listed anew. A pipe or a device keeps
     * nothing, so it is none.
     *
     * @param folder has results
     * @param files exist
     * @return why they could not be listed, as a sentence: a run goes on in the folder, or it cannot be written; the
     *     files are good all the same
     */
    public static Optional<String> list(Path folder, Kind kind, List<Path> files) {
        List<Path> kept = files.stream().filter(Files::isRegularFile).toList();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        try {
            FolderLock lock = FolderLock.take(folder, HOLDER);
            try (WriteAccess access = new WriteAccess(new StoreFile(folder))) {
                StoreFile.patiently(() -> access.transaction(connection -> {
                    for (Path file : kept) {
                        insert(connection, name(folder, file), kind, file);
                    }
                    return null;
                }));
            } finally {
                lock.close();
            }
            return Optional.empty();
        } catch (InvalidInputException | StoreException | UncheckedIOException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /** Relative to the folder if it lies in there. */
    private static String name(Path folder, Path file) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        return (to.startsWith(from) ? from.relativize(to) : to).toString();
    }

    private static void insert(Connection connection, String name, Kind kind, Path file) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM artefacts WHERE name = ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO artefacts VALUES (?, ?, ?, ?, ?)")) {
            delete.setString(1, name);
            delete.execute();
            insert.setString(1, name);
            insert.setString(2, kind.word());
            insert.setLong(3, Files.size(file));
            insert.setString(4, sha256(file));
            insert.setObject(5, LocalDateTime.now(ZoneOffset.UTC));
            insert.execute();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
