package io.penstock.connectors.kafka.trial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A schema registry in a process of its own, on loopback, that keeps schemas in memory; what {@code
 * connectors/kafka-broker} has unpacked.
 */
final class SchemaRegistry implements AutoCloseable {
  private static final int SECONDS = 60;
  private static final String FORM = "application/vnd.schemaregistry.v1+json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path log;
  private final int port;
  private final Process process;

  private SchemaRegistry(Path log, int port, Process process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /** A registry that says in this folder what it does. */
  static SchemaRegistry in(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = folder.resolve("registry.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
    command.addAll(List.of("-jar", runner().toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    SchemaRegistry registry = new SchemaRegistry(log, port, process);
    registry.waits();
    return registry;
  }

  private static Path runner() throws IOException {
    Path unpacked =
        Path.of(
            System.getProperty("penstock.root", "../.."),
            "connectors/kafka-broker/target/registry");
    try (Stream<Path> files = Files.list(unpacked)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  private void waits() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (!answers()) {
      boolean late = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(SECONDS);
      if (late || process.waitFor(100, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("the registry did not come up: " + Files.readString(log));
      }
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return ask("GET", "/subjects", "").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** What it says to a request. */
  HttpResponse<String> ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", FORM)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    boolean unused = process.waitFor(SECONDS, TimeUnit.SECONDS);
  }
}
