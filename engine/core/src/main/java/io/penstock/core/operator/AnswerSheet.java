package io.penstock.core.operator;

import io.penstock.api.data.Column;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.lookup.Answers;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the answers of one call and decodes those that are bytes. Single-threaded. */
public final class AnswerSheet implements Answers {
  private static final Answer.Missing MISSING = new Answer.Missing();

  /** Stands for a row until all are there. */
  private record Row(int row) {}

  private final Optional<Decoder> decoder;
  private final OneRecord record;
  private final @Nullable Object[] said;
  private int rows;

  /**
   * A sheet for so many keys.
   *
   * @param format of answers that are bytes
   */
  public AnswerSheet(Format.Decoding answer, Optional<FormatConfig> format, int keys) {
    this.decoder = format.map(f -> f.format().decoder(answer));
    this.record = new OneRecord(answer.schema());
    this.said = new Object[keys];
    record.begin();
  }

  @Override
  public void found(int key, byte[] bytes) {
    record.begin();
    record.decode(decoder.orElseThrow(), bytes, 0, bytes.length);
    String complaint = record.end();
    int row = rows++;
    say(
        key,
        complaint == null
            ? new Row(row)
            : new Answer.Failed(record.code(), "the answer cannot be read: " + complaint));
    record.begin();
  }

  @Override
  public ColumnBuilder column(int index) {
    return record.column(index);
  }

  @Override
  public void found(int key) {
    record.endRow(0, 0);
    String complaint = record.end();
    if (complaint != null) {
      throw new IllegalStateException(complaint);
    }
    say(key, new Row(rows++));
    record.begin();
  }

  @Override
  public void forget() {
    record.drop();
  }

  @Override
  public void missing(int key) {
    record.drop();
    say(key, MISSING);
  }

  @Override
  public void failed(int key, ProblemCode code, String message) {
    record.drop();
    say(key, new Answer.Failed(code, message));
  }

  private void say(int key, Object what) {
    if (said[key] != null) {
      throw new IllegalStateException("two answers for one key");
    }
    said[key] = what;
  }

  /** Whether something was said of each key. */
  public boolean isWhole() {
    return Arrays.stream(said).allMatch(what -> what != null);
  }

  /** The answers in the order of the keys. */
  public List<Answer> answers() {
    Column[] columns = record.build();
    List<Answer> all = new ArrayList<>();
    for (Object what : said) {
      if (what instanceof Row row) {
        all.add(new Answer.Found(columns, row.row()));
      } else if (what instanceof Answer answer) {
        all.add(answer);
      } else {
        throw new IllegalStateException("no answer for a key");
      }
    }
    return all;
  }
}
