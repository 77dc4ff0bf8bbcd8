package io.penstock.connectors.redis.trial;

import io.penstock.testkit.network.Ports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on loopback, and a plain way to ask it. */
final class RedisServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;
  private static final int LOOK_MILLIS = 20;

  private final Path program;
  private final List<String> options;
  private final int port;
  private Process process;

  private RedisServer(Path program, List<String> options, int port) throws IOException {
    this.program = program;
    this.options = options;
    this.port = port;
    this.process = started();
  }

  /** Starts a server that keeps its data in a folder. */
  static RedisServer start(Path folder, String... options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path program = folder.resolve("redis-server");
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name = arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    try (InputStream bytes = Objects.requireNonNull(RedisServer.class.getResourceAsStream(name))) {
      Files.copy(bytes, program, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made a program");
    }
    RedisServer server = new RedisServer(program, List.of(options), Ports.free());
    server.awaitStart();
    return server;
  }

  private Process started() throws IOException {
    List<String> words = new ArrayList<>(List.of(program.toString(), "--bind", "127.0.0.1"));
    words.addAll(List.of("--port", Integer.toString(port), "--save", "", "--appendonly", "yes"));
    words.addAll(List.of("--appendfsync", "always"));
    words.addAll(options);
    return new ProcessBuilder(words)
        .directory(program.resolveSibling("").toFile())
        .redirectErrorStream(true)
        .redirectOutput(program.resolveSibling("redis.log").toFile())
        .start();
  }

  private void awaitStart() throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 1000 / LOOK_MILLIS; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new IOException(Files.readString(program.resolveSibling("redis.log")));
  }

  int port() {
    return port;
  }

  /** Where it listens. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** Kills it, and starts it again with what it has kept. */
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = started();
    awaitStart();
  }

  /** Gives an order and returns the answer: a text, a list of answers, or {@code nil}. */
  Object ask(String... words) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      StringBuilder order = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        int length = word.getBytes(StandardCharsets.UTF_8).length;
        order.append('$').append(length).append("\r\n").append(word).append("\r\n");
      }
      out.write(order.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      return answer(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static Object answer(InputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length < 0) {
          yield "nil";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String unused = line(in);
        yield text;
      }
      case '*' -> {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(rest); i++) {
          all.add(answer(in));
        }
        yield all;
      }
      default -> rest;
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server hangs up");
      }
      line.append((char) next);
    }
    int unused = in.read();
    return line.toString();
  }

  /** The records of a stream's entries, in their order. */
  List<String> records(String stream) throws IOException {
    List<String> records = new ArrayList<>();
    for (Object entry : (List<?>) ask("XRANGE", stream, "-", "+")) {
      List<?> fields = (List<?>) ((List<?>) entry).get(1);
      records.add(String.valueOf(fields.get(fields.indexOf("value") + 1)));
    }
    return records;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
