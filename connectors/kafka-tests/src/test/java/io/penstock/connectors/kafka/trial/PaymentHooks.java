package io.penstock.connectors.kafka.trial;

import io.penstock.connectors.kafka.trial.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The reference pipeline {@code pipelines/payment-hooks} between a sender of requests and topics of
 * a broker, killed while requests are on their way.
 */
final class PaymentHooks {
  private static final int EVENTS = 20;
  private static final int REQUESTS = 10;
  private static final int LONGEST_MILLIS = 400;
  private static final int LOOKS = 600;

  private final Map<String, Topic> topics;
  private final Program program;
  private final Broker broker;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random;
  private int sent;
  private int repeated;

  private PaymentHooks(
      Map<String, Topic> topics, Program program, Broker broker, int port, long seed) {
    this.topics = topics;
    this.program = program;
    this.broker = broker;
    this.port = port;
    this.random = new Random(seed);
  }

  /**
   * Makes the topics and takes the pipeline as it stands in the repository.
   *
   * @param seed of the moments of the kills
   */
  static PaymentHooks in(Path folder, Broker broker, long seed) throws Exception {
    Path root = Path.of(System.getProperty("penstock.root", "../.."));
    Program program = new Program(Files.createDirectories(folder));
    program.write(Files.readString(root.resolve("pipelines/payment-hooks/pipeline.yaml")));
    Map<String, Topic> topics = new LinkedHashMap<>();
    for (String name :
        List.of(
            "payments-settled",
            "payments-refused",
            "payments-others",
            "payments-late",
            "hooks-dead")) {
      topics.put(name, Topic.make(broker, name, 2));
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new PaymentHooks(topics, program, broker, free.getLocalPort(), seed);
    }
  }

  private Process start() throws IOException {
    Map<String, String> environment =
        Map.of(
            "KAFKA_BROKERS", broker.address(), "LISTEN", "127.0.0.1:" + port, "HOOK_KEY", "right");
    return program.start(environment, List.of(), "--state", "state");
  }

  /** Sends events, kills so often while they are on their way; how the last run ended. */
  Outcome run(int kills) throws IOException, InterruptedException, ExecutionException {
    Process running = start();
    for (int i = 0; i < kills; i++) {
      for (int request = 0; request < REQUESTS; request++) {
        deliver(running, events());
      }
      String body = events();
      var answer = send(body, "right");
      boolean unused = running.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
      running.destroyForcibly().waitFor();
      running = start();
      if (status(answer) != 200) {
        deliver(running, body);
      }
    }
    deliver(running, events());
    running.destroy();
    return program.ended(running);
  }

  /** The status of the answer to one request to a run of its own. */
  int answered(String body, String key) throws Exception {
    Process running = start();
    try {
      for (int i = 0; i < LOOKS && running.isAlive(); i++) {
        int status = status(send(body, key));
        if (status != 0) {
          return status;
        }
        boolean unused = running.waitFor(100, TimeUnit.MILLISECONDS);
      }
      throw new IOException("no answer: " + program.log());
    } finally {
      running.destroy();
      Outcome unused = program.ended(running);
    }
  }

  /** As a provider does: again and again, until it is answered. */
  private void deliver(Process running, String body)
      throws IOException, InterruptedException, ExecutionException {
    for (int i = 0; i < LOOKS && running.isAlive(); i++) {
      int status = status(send(body, "right"));
      if (status == 200) {
        return;
      }
      repeated++;
      boolean unused = running.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new IOException("no answer: " + program.log());
  }

  private CompletableFuture<HttpResponse<String>> send(String body, String key) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks"))
            .header("X-Hook-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The status of an answer; 0 where there is none. */
  private static int status(CompletableFuture<HttpResponse<String>> answer)
      throws InterruptedException, ExecutionException {
    try {
      return answer.get().statusCode();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) {
        return 0;
      }
      throw e;
    }
  }

  /** Events of each kind in turn. */
  private String events() {
    StringBuilder body = new StringBuilder();
    List<String> types = List.of("payment.settled", "payment.refused", "account.closed");
    for (int i = 0; i < EVENTS; i++, sent++) {
      body.append(
          """
          {"id":"e-%1$d","type":"%2$s","created":%3$d,\
          "data":{"payment":{"id":"p-%1$d","account":"a-%4$d","cents":%1$d,"currency":"EUR"}}}
          """
              .formatted(sent, types.get(sent % types.size()), 1_767_225_600 + sent, sent % 7));
    }
    return body.toString();
  }

  /** How many events were sent, each by one request that was answered in the end. */
  int sent() {
    return sent;
  }

  /** How many requests were sent again. */
  int repeated() {
    return repeated;
  }

  /** The values of the records of a topic. */
  List<String> values(String topic) {
    return java.util.Objects.requireNonNull(topics.get(topic)).values();
  }

  /**
   * What {@code engine/bench/payment-hooks.sh} starts: the folder to work in, and how many kills.
   */
  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]).toAbsolutePath();
    try (Broker broker = Broker.in(Files.createDirectories(folder.resolve("broker")))) {
      PaymentHooks hooks = in(folder.resolve("run"), broker, System.nanoTime());
      System.out.println(hooks.run(Integer.parseInt(words[1])).text());
      System.out.printf("%d events, %d requests again%n", hooks.sent(), hooks.repeated());
      for (String topic : hooks.topics.keySet()) {
        List<String> values = hooks.values(topic);
        System.out.printf(
            "%-17s %5d, %5d different  %s%n",
            topic,
            values.size(),
            values.stream().distinct().count(),
            values.stream().findFirst().orElse(""));
      }
    }
  }
}
