package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dsl.launcher.trial.Terminal.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate --connect} finds of files; servers are in the connectors' own tests. */
final class ConnectTest {
  private static final String PIPELINE =
      """
      name: orders
      sources:
        orders:
          file: { path: "in/*.jsonl" }
          schema: { id: int, code: string }
      tables:
        countries:
          file: countries.csv
          key: [code]
          schema: { code: string }
      transforms:
        known:
          from: orders
          lookup: { table: countries, on: { code: code } }
      dead_letter: { file: letters.jsonl }
      sinks:
        one: { from: known, file: out/orders.jsonl }
        parts: { from: known, file: { path: "parts/{id}.jsonl", format: json } }
      """;

  @TempDir Path temporary;

  @BeforeEach
  void pipeline() throws IOException {
    Files.writeString(temporary.resolve("pipeline.yaml"), PIPELINE);
  }

  private Outcome validate(String... more) {
    String[] words = new String[2 + more.length];
    words[0] = "validate";
    words[1] = "pipeline.yaml";
    System.arraycopy(more, 0, words, 2, more.length);
    Outcome outcome = new Terminal(temporary).run(words);
    assertFalse(outcome.showsInsides(), outcome::all);
    return outcome;
  }

  @Test
  void filesAreLookedForOnlyWhenAsked() {
    assertEquals(0, validate().code());
    assertEquals(2, validate("--connect").code());
  }

  @Test
  void everythingThatIsMissingIsToldInOneRun() throws IOException {
    Files.createDirectories(temporary.resolve("letters.jsonl"));
    Files.writeString(temporary.resolve("out"), "in the way");
    Files.writeString(temporary.resolve("parts"), "in the way");

    Outcome outcome = validate("--connect");

    assertEquals(2, outcome.code(), outcome::all);
    String text = outcome.all();
    assertTrue(text.contains("pipeline.yaml:3:3  R204  no file matches `in/*.jsonl`"), text);
    assertTrue(text.contains("R204  there is no file `countries.csv`"), text);
    assertTrue(text.contains("R304  `letters.jsonl` is a directory, not a file"), text);
    assertTrue(text.contains("R304  `out/orders.jsonl` cannot be written: "), text);
    assertTrue(text.contains("R304  `parts` is a file, not a folder to write in"), text);
  }

  @Test
  void nothingIsMadeWhereAllIsThere() throws IOException {
    Files.createDirectories(temporary.resolve("in"));
    Files.writeString(temporary.resolve("in/a.jsonl"), "{\"id\":1}\n");
    Files.writeString(temporary.resolve("countries.csv"), "code\nDE\n");

    Outcome outcome = validate("--connect");

    assertEquals(0, outcome.code(), outcome::all);
    assertFalse(Files.exists(temporary.resolve("out")));
    assertFalse(Files.exists(temporary.resolve("parts")));
    assertFalse(Files.exists(temporary.resolve("letters.jsonl")));
  }

  @Test
  void serversAreReachedAndNothingIsSentToThem() throws IOException {
    try (ServerSocket there = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone.close();
      Files.writeString(
          temporary.resolve("pipeline.yaml"),
          """
          sources:
            rows: { http: { url: "http://127.0.0.1:%1$d/a?key=1", format: json } }
            none: { http: { url: "http://no-such-host.invalid/a", format: json } }
          sinks:
            out: { from: rows, http: { url: "https://127.0.0.1:%1$d/b", format: json } }
            gone: { from: none, http: { url: "http://127.0.0.1:%2$d/b?key=2", format: json } }
          """
              .formatted(there.getLocalPort(), gone.getLocalPort()));

      Outcome outcome = validate("--connect");

      assertEquals(2, outcome.code(), outcome::all);
      String text = outcome.all();
      assertTrue(
          text.contains(":3:3  R221  nobody knows the host of `no-such-host.invalid:80`"), text);
      assertTrue(
          text.contains(":6:3  R322  nothing listens at `127.0.0.1:" + gone.getLocalPort()), text);
      assertTrue(text.contains("2 errors"), text);
    }
  }
}
