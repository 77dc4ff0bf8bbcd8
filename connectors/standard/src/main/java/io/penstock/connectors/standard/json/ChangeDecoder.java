package io.penstock.connectors.standard.json;

import io.penstock.api.data.Change;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonScanner;

/**
 * Decodes a change: one row, or the two of an update. The record is gone through first, because the
 * word that says what the rows are may stand behind them.
 */
final class ChangeDecoder implements LineRecord {
  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  private final Envelope envelope;
  private final ChangeMembers members;
  private final RecordDecoder records;

  ChangeDecoder(Envelope envelope, Format.Decoding decoding) {
    this.envelope = envelope;
    this.members = new ChangeMembers(envelope);
    this.records = new RecordDecoder(decoding, false);
  }

  @Override
  public ColumnBuilder[] into(Decoder.Rows out) {
    return records.into(out);
  }

  @Override
  public void take(JsonScanner scanner, int from, int end, int line, Decoder.Rows out) {
    if (!members.find(scanner, from, end)) {
      out.skipped(1);
      return;
    }
    boolean goes = members.act() != Envelope.Act.INSERT;
    boolean comes = members.act() != Envelope.Act.DELETE;
    demand(goes, members.before(), BEFORE);
    demand(comes, members.after(), AFTER);
    if (goes) {
      row(scanner, from, end, members.before(), BEFORE);
    }
    if (comes) {
      row(scanner, from, end, members.after(), AFTER);
    }
    switch (members.act()) {
      case INSERT -> out.endChange(Change.INSERT, from, line);
      case DELETE -> out.endChange(Change.DELETE, from, line);
      case UPDATE -> {
        out.endChange(Change.UPDATE_BEFORE, from, line);
        out.endChange(Change.UPDATE_AFTER, from, line);
      }
    }
  }

  private void demand(boolean wanted, int place, String name) {
    boolean there = place != ChangeMembers.NONE;
    if (wanted && !there && name.equals(BEFORE) && envelope == Envelope.DEBEZIUM) {
      throw new RecordProblem(
          ProblemCode.D110,
          "`before` is missing, so the row that goes is not known; let the database log whole rows"
              + " (in PostgreSQL `REPLICA IDENTITY FULL`)");
    }
    if (wanted && !there) {
      throw new RecordProblem(ProblemCode.D103, "`" + name + "` is missing");
    }
    if (!wanted && there) {
      throw new RecordProblem(
          ProblemCode.D110,
          "`"
              + name
              + "` is there, but `op` is `"
              + envelope.word(members.act())
              + "`, which has none");
    }
  }

  private void row(JsonScanner scanner, int from, int end, int place, String name) {
    scanner.reset(scanner.source(), from, end);
    scanner.position(place);
    try {
      records.decode(scanner);
    } catch (RecordProblem wrong) {
      throw new RecordProblem(wrong.code(), "in `" + name + "`, " + wrong.text());
    }
  }
}
