package org.superpose.runner.store;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A run as the store knows it.
 *
 * @param number from 1
 * @param status a word of {@link RunStatus}, or {@code running} while a process holds the folder
 * @param started in UTC
 * @param ended in UTC, or empty if it did not end by itself
 * @param toolVersion version of Superpose
 * @param jdk name and version of the Java machine
 * @param cpu the processor and how many of it
 * @param command the command as given
 * @param reproduce the command that runs the same sweep again without a store; a unit is picked with {@code --unit}
 * @param unitsDone the units that came out of this run and no later one
 */
public record StoredRun(
        int number,
        String status,
        Optional<LocalDateTime> started,
        Optional<LocalDateTime> ended,
        String toolVersion,
        String jdk,
        String cpu,
        String command,
        String reproduce,
        long unitsDone) {}
