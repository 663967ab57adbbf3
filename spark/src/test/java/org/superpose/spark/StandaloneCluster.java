package org.superpose.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Spark cluster of processes on this machine: a master, and a worker with one core at each of several addresses. */
final class StandaloneCluster implements AutoCloseable {
    private final Path folder;
    private final String url;
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path folder, String url) {
        this.folder = folder;
        this.url = url;
    }

    static StandaloneCluster start(Path folder, String... hosts) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        StandaloneCluster cluster = new StandaloneCluster(folder, "spark://127.0.0.1:" + port);
        cluster.launch(
                "127.0.0.1",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0");
        for (String host : hosts) {
            cluster.launch(
                    host,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    host,
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--webui-port",
                    "0",
                    "--work-dir",
                    folder.resolve("work-" + host).toString(),
                    cluster.url);
        }
        return cluster;
    }

    private void launch(String address, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                Path.of(System.getenv("SPARK_HOME"), "jars") + "/*"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + processes.size()).toFile());
        builder.environment().put("SPARK_LOCAL_IP", address);
        // Here and in the executors, which a worker gives its environment: they live too briefly to be optimized.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        processes.add(builder.start());
    }

    /** What {@code spark.master} is set to. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            process.onExit().join();
        }
    }
}
