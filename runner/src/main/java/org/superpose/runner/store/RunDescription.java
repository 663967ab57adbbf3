package org.superpose.runner.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.superpose.core.ToolVersion;
import org.superpose.core.plugin.PluginFiles;

/**
 * Who and what runs, kept with the results.
 *
 * @param command the command as given
 * @param reproduce the command that runs the same sweep again without a store; a unit is picked with {@code --unit}
 * @param toolVersion version of Superpose
 * @param jdk name and version of the Java machine
 * @param cpu the processor and how many of it
 * @param engine id of the execution engine
 * @param threads how many threads the units may use together
 * @param host name of the machine
 * @param process id of the process
 * @param started when
 * @param plugins those that are loaded, besides what is Superpose's own
 */
public record RunDescription(
        String command,
        String reproduce,
        String toolVersion,
        String jdk,
        String cpu,
        String engine,
        int threads,
        String host,
        long process,
        Instant started,
        PluginFiles plugins) {

    /** Describes this process, without plugins. */
    public static RunDescription here(String command, String reproduce, String engine, int threads) {
        return new RunDescription(
                command,
                reproduce,
                ToolVersion.current(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors",
                engine,
                threads,
                hostName(),
                ProcessHandle.current().pid(),
                Instant.now(),
                PluginFiles.NONE);
    }

    /** The same with plugins. */
    public RunDescription withPlugins(PluginFiles loaded) {
        return new RunDescription(
                command, reproduce, toolVersion, jdk, cpu, engine, threads, host, process, started, loaded);
    }

    /** The model of the processor where Linux tells it, the architecture elsewhere. */
    public static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** How a second process is told who holds the folder. */
    String holder() {
        return "process " + process + " on " + host + " since " + started.truncatedTo(ChronoUnit.SECONDS) + " ("
                + command + ")";
    }
}
