package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import io.penstock.testkit.network.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines that send to each other by sockets. */
@Timeout(120)
final class SyslogServerTest {
  @TempDir Path folder;

  private Outcome run(String name, String pipeline, String... arguments) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), pipeline);
    List<String> words = new ArrayList<>(List.of(name + ".yaml"));
    words.addAll(List.of(arguments));
    return new Terminal(folder).run(words.toArray(String[]::new));
  }

  private List<String> lines(String path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(path))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.toString().contains("/_") && !file.toString().contains("/.")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }

  @Test
  void onePipelineSendsMessagesAndAnotherKeepsThem() throws IOException {
    int port = Ports.free();
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      rows.append("{\"app\":\"a\",\"message\":\"number ").append(i).append("\\nend\"}\n");
    }
    Files.writeString(folder.resolve("rows.jsonl"), rows);
    CompletableFuture<Outcome> taking =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(
                    "take",
                    """
                    sources:
                      in:
                        syslog: { listen: "127.0.0.1:%d", protocol: tcp }
                    transforms:
                      short:
                        set: { sender: meta.remote }
                      named:
                        select: [app, message, sender]
                    sinks:
                      out: { file: { path: out/, format: json } }
                    run: { mode: continuous, checkpoint: 100ms }
                    """
                        .formatted(port),
                    "--until",
                    "500 rows");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    Outcome sent =
        run(
            "send",
            """
            sources:
              rows: { file: rows.jsonl, schema: { app: string, message: string } }
            sinks:
              out:
                syslog: { address: "127.0.0.1:%d", protocol: tcp }
            run: { mode: continuous, delivery: at_least_once }
            """
                .formatted(port));

    assertEquals(0, sent.code(), sent::all);
    Outcome taken = taking.join();
    assertEquals(0, taken.code(), taken::all);
    List<String> out = lines("out");
    assertEquals(500, out.stream().distinct().count());
    assertTrue(
        out.contains("{\"app\":\"a\",\"message\":\"number 7\\nend\",\"sender\":\"127.0.0.1\"}"),
        () -> out.get(0));
  }

  @Test
  void whatIsPromisedIsPrintedAndChecked() throws IOException {
    String pipeline =
        """
        sources:
          in: { tcp: { listen: "127.0.0.1:9000", format: json } }
        sinks:
          out: { udp: { address: "127.0.0.1:9001", format: json } }
        run: { mode: continuous, delivery: at_least_once }
        """;

    Outcome refused = run("check", pipeline);

    assertEquals(2, refused.code(), refused::all);
    assertTrue(refused.all().contains("E501"), refused::all);
    assertTrue(
        refused.all().contains("the sink `out` is never told whether rows arrive"), refused::all);
    assertFalse(refused.showsInsides(), refused::all);
  }

  @Test
  void availableNowIsRefusedAtTheStart() throws IOException {
    Outcome outcome =
        run(
            "batch",
            """
            sources:
              in: { syslog: "127.0.0.1:%d" }
            sinks:
              out: { file: { path: out/, format: json } }
            run: { mode: micro_batch }
            """
                .formatted(Ports.free()));

    assertEquals(2, outcome.code(), outcome::all);
    assertTrue(outcome.all().contains("E502"), outcome::all);
  }
}
