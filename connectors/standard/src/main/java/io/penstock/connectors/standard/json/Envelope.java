package io.penstock.connectors.standard.json;

import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How a line says what is done to a row, and whether it may stand in a payload. */
enum Envelope {
  /** Our own: in full words, and what is not there is left out. */
  PLAIN(false, List.of("insert"), List.of("update"), List.of("delete")),
  /** Debezium's: in letters, `r` for a row that a snapshot has read, with nulls. */
  DEBEZIUM(true, List.of("c", "r"), List.of("u"), List.of("d"));

  /** What is done to a row. */
  enum Act {
    INSERT,
    UPDATE,
    DELETE
  }

  private final boolean debezium;
  private final List<Word> words = new ArrayList<>();

  /** A word as it stands between the quotes. */
  private record Word(byte[] text, Act act) {}

  Envelope(boolean debezium, List<String> inserts, List<String> updates, List<String> deletes) {
    this.debezium = debezium;
    add(inserts, Act.INSERT);
    add(updates, Act.UPDATE);
    add(deletes, Act.DELETE);
  }

  private void add(List<String> texts, Act act) {
    texts.forEach(text -> words.add(new Word(text.getBytes(StandardCharsets.US_ASCII), act)));
  }

  /** Whether a change may be the member `payload`, and null or a null payload is none. */
  boolean hasPayload() {
    return debezium;
  }

  /** Whether the side that is not there is written, as null. */
  boolean writesNone() {
    return debezium;
  }

  /** What a word says; throws {@link RecordProblem} where it says nothing. */
  Act act(byte[] bytes, int from, int to) {
    for (Word word : words) {
      if (Arrays.equals(bytes, from, to, word.text, 0, word.text.length)) {
        return word.act;
      }
    }
    String shown = new String(bytes, from, Math.min(to - from, 40), StandardCharsets.UTF_8);
    if (debezium && (shown.equals("t") || shown.equals("m"))) {
      throw new RecordProblem(
          ProblemCode.D110,
          "`op` is `"
              + shown
              + "`, "
              + (shown.equals("t")
                  ? "which empties the table, and does not say which rows go"
                  : "which is a message, and changes no row"));
    }
    throw new RecordProblem(
        ProblemCode.D104,
        "`op` must be "
            + (debezium ? "c, r, u or d" : "insert, update or delete")
            + ", not `"
            + shown
            + "`");
  }

  /** The word that is written for an act. */
  String word(Act act) {
    return words.stream()
        .filter(word -> word.act == act)
        .map(word -> new String(word.text, StandardCharsets.US_ASCII))
        .findFirst()
        .orElseThrow();
  }
}
