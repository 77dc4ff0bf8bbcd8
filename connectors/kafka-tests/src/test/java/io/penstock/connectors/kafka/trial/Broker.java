package io.penstock.connectors.kafka.trial;

import io.penstock.testkit.network.Certificates;
import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a process of its own, on loopback, with the jars of {@code connectors/kafka-broker}.
 * Its log is told where it does not come up.
 */
public final class Broker implements AutoCloseable {
  private static final int SECONDS = 60;
  private static final String SMALL = "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";
  private static final String CLUSTER = "AAAAAAAAAAAAAAAAAAAAAQ";

  private final Path folder;
  private final int port;
  private final int guarded;
  private final List<Listener> others;
  private final List<Integer> otherPorts;
  private final Path settings;
  private Process process;

  /**
   * One more way in.
   *
   * @param name in capitals
   * @param protocol as brokers call it
   * @param told the port that is told to clients; empty for its own
   * @param settings lines that begin behind {@code listener.name.<name>.}
   */
  record Listener(String name, String protocol, OptionalInt told, List<String> settings) {
    /** One that shows this certificate. */
    static Listener tls(String certificate, Certificates made) {
      return new Listener(
          certificate.toUpperCase(Locale.ROOT),
          "SSL",
          OptionalInt.empty(),
          List.of(
              "ssl.keystore.type=PKCS12",
              "ssl.keystore.location=" + made.store(certificate),
              "ssl.keystore.password=" + Certificates.PASSWORD,
              "ssl.key.password=" + Certificates.PASSWORD));
    }
  }

  private Broker(Path folder, List<Integer> ports, List<Listener> others) throws IOException {
    this.folder = folder;
    this.port = ports.get(0);
    this.guarded = ports.get(1);
    int controller = ports.get(2);
    this.others = List.copyOf(others);
    this.otherPorts = List.copyOf(ports.subList(3, ports.size()));
    this.settings = Files.writeString(folder.resolve("broker.properties"), text(controller));
    Files.writeString(
        folder.resolve("log4j2.properties"),
        """
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %d %p %c %m%n%throwable
        rootLogger.level = WARN
        rootLogger.appenderRef.out.ref = out
        """);
    run("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString());
    process = start();
  }

  /** A broker that has its data in this folder. */
  public static Broker in(Path folder) throws IOException {
    return in(folder, List.of());
  }

  /** The same with more ways in. */
  static Broker in(Path folder, List<Listener> others) throws IOException {
    return new Broker(folder, Ports.free(3 + others.size()), others);
  }

  private String text(int controller) {
    StringBuilder listeners = new StringBuilder();
    StringBuilder told = new StringBuilder();
    StringBuilder protocols = new StringBuilder();
    StringBuilder settings = new StringBuilder();
    for (int i = 0; i < others.size(); i++) {
      Listener other = others.get(i);
      int own = otherPorts.get(i);
      listeners.append(",%s://127.0.0.1:%d".formatted(other.name(), own));
      told.append(",%s://localhost:%d".formatted(other.name(), other.told().orElse(own)));
      protocols.append(",%s:%s".formatted(other.name(), other.protocol()));
      String prefix = "listener.name." + other.name().toLowerCase(Locale.ROOT) + ".";
      other.settings().forEach(line -> settings.append(prefix).append(line).append('\n'));
    }
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%3$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,GUARDED://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d%5$s
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,GUARDED://127.0.0.1:%2$d%6$s
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT%7$s
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        listener.name.guarded.sasl.enabled.mechanisms=PLAIN
        listener.name.guarded.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_reader="right";
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        super.users=User:ANONYMOUS
        allow.everyone.if.no.acl.found=true
        log.dirs=%4$s
        num.partitions=1
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        group.share.min.record.lock.duration.ms=1000
        group.share.record.lock.duration.ms=3000
        group.initial.rebalance.delay.ms=0
        broker.session.timeout.ms=6000
        broker.heartbeat.interval.ms=1000
        log.retention.check.interval.ms=500
        num.io.threads=2
        num.network.threads=2
        log.cleaner.dedupe.buffer.size=2000000
        """
            .formatted(
                port, guarded, controller, folder.resolve("data"), listeners, told, protocols)
        + settings;
  }

  private ProcessBuilder java(List<String> arguments) {
    Path lib =
        Path.of(System.getProperty("penstock.root", "../.."), "connectors/kafka-broker/target/lib");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("penstock.broker", SMALL).split(" ")));
    // The keys by which it knows tokens.
    command.add(
        "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + folder.resolve("keys.json").toUri());
    command.add("-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"));
    command.addAll(List.of("-cp", lib.resolve("*").toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  private Path log() {
    return folder.resolve("broker.log");
  }

  private void run(String... arguments) throws IOException {
    Process running = java(List.of(arguments)).start();
    if (!waited(running) || running.exitValue() != 0) {
      running.destroyForcibly();
      throw new IOException(arguments[0] + " failed: " + Files.readString(log()));
    }
  }

  private Process start() throws IOException {
    Process started = java(List.of("kafka.Kafka", settings.toString())).start();
    long begun = System.nanoTime();
    while (!answers()) {
      boolean late = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(SECONDS);
      if (late || !started.isAlive()) {
        started.destroyForcibly();
        throw new IOException("the broker did not come up: " + Files.readString(log()));
      }
      boolean unused = waited(started, 50);
    }
    return started;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static boolean waited(Process process) {
    return waited(process, TimeUnit.SECONDS.toMillis(SECONDS));
  }

  private static boolean waited(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where it is reached by anybody. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Where it is reached by the user {@code reader} with the password {@code right}. */
  String guardedAddress() {
    return "127.0.0.1:" + guarded;
  }

  /** Where it is reached by one of the other ways. */
  int port(String listener) {
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).name().equals(listener)) {
        return otherPorts.get(i);
      }
    }
    throw new IllegalArgumentException(listener);
  }

  /** Ends at once and comes up again with its data. */
  void killAndRestart() throws IOException {
    process.destroyForcibly();
    boolean unused = waited(process);
    process = start();
  }

  /** Is told to end, has a while to, and comes up again with its data. */
  void restart() throws IOException {
    process.destroy();
    if (!waited(process)) {
      throw new IOException("the broker does not end: " + Files.readString(log()));
    }
    process = start();
  }

  /** Ends at once; {@link #killAndRestart} brings it up again. */
  void kill() {
    process.destroyForcibly();
    boolean unused = waited(process);
  }

  /** Gives no answer from here on, and keeps all connections. */
  void pause() throws IOException {
    signal("-STOP");
  }

  /** Goes on where it was. */
  void resume() throws IOException {
    signal("-CONT");
  }

  private void signal(String which) throws IOException {
    boolean unused =
        waited(new ProcessBuilder("kill", which, Long.toString(process.pid())).start());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    boolean unused = waited(process);
  }
}
