package io.penstock.dsl.launcher.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats of logs and the functions of the same names agree on random records. */
final class LogsTest {
  private static final List<String> RECORDS =
      List.of(
          "level=info msg=\"all \\\"done\\\"\" cached n=1 q=\"\"",
          "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 app 8710 ID47 [a@1 iut=\"3\" s=\"A\\]\"][b] event",
          "<34>Oct 11 22:14:15 mymachine su[7]: 'su root' failed",
          "<13>Feb  5 2024 17:32:18.25 10.0.0.99 app: Use  the",
          "2026-01-02T03:04:05Z h no tag here",
          "CEF:0|Acme|Wa\\|ll|1.0|100|worm|10|src=10.0.0.1 msg=two words \\= x spt=1");
  private static final String LETTERS = " =\"\\[]<>|:-1aé\u20ac";
  private static final int COUNT = 3000;

  @TempDir Path folder;

  @Test
  void whatAFormatReadsTheFunctionReadsToo() throws IOException {
    Random random = new Random(29);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      StringBuilder text = new StringBuilder(RECORDS.get(random.nextInt(RECORDS.size())));
      for (int change = random.nextInt(4); change > 0; change--) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(3));
        text.replace(at, to, String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))));
      }
      rows.add("{\"text\":" + Json.ofText(text.toString()).toText() + "}");
    }
    Files.write(folder.resolve("rows.jsonl"), rows);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        sources:
          rows:
            file: rows.jsonl
            schema: { text: string }
        transforms:
          logfmt:
            from: rows
            parse: { field: text, format: { logfmt: { repeated: first } }, into: pairs }
            on_error: dead_letter
          syslog:
            from: rows
            parse: { field: text, format: { syslog: { layout: single, year: 2026 } }, into: message }
            on_error: dead_letter
          cef:
            from: rows
            parse: { field: text, format: { cef: single }, into: event }
            on_error: dead_letter
          same_pairs:
            from: logfmt
            set:
              same: to_json(pairs) == to_json(parse_logfmt(text))
          same_message:
            from: syslog
            set:
              same: to_json(message) == to_json(parse_syslog(text, 'UTC', to_timestamp('2026-12-30T12:00:00Z')))
          same_event:
            from: cef
            set:
              same: to_json(event) == to_json(parse_cef(text))
        sinks:
          pairs: { from: same_pairs, file: pairs.jsonl }
          messages: { from: same_message, file: messages.jsonl }
          events: { from: same_event, file: events.jsonl }
        dead_letter:
          file: letters.jsonl
          stop_above: { rate: 100%, of_last: 100000 }
        """);

    String shown = Transcript.play(List.of("run pipeline.yaml --quiet"), folder);

    assertTrue(shown.contains("\nexit 0\n"), shown);
    for (String file : List.of("pairs", "messages", "events")) {
      List<String> lines = Files.readAllLines(folder.resolve(file + ".jsonl"));
      assertEquals(List.of(), lines.stream().filter(l -> !l.endsWith("\"same\":true}")).toList());
      assertTrue(lines.size() > 100, file + " has " + lines.size());
    }
  }
}
