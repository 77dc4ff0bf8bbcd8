package io.penstock.connectors.standard.json;

import io.penstock.api.data.Change;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final Optional<RecordDecoder> keys;

  /**
   * A decoder of changes.
   *
   * @param key whether rows that go have their key only
   */
  ChangeDecoder(Envelope envelope, Format.Decoding decoding, FormatTraits.Key key) {
    this.envelope = envelope;
    this.members = new ChangeMembers(envelope);
    this.records = new RecordDecoder(decoding, false);
    this.keys =
        key.alone()
            ? Optional.of(new RecordDecoder(ofKey(decoding, key.fields()), false))
            : Optional.empty();
  }

  /** The same fields, of which only those of the key must be there. */
  private static Format.Decoding ofKey(Format.Decoding all, List<String> key) {
    List<Field> fields = new ArrayList<>();
    for (Field field : all.schema().fields()) {
      boolean must = key.contains(field.name());
      fields.add(must ? field : new Field(field.name(), ValueType.optional(field.type().type())));
    }
    return new Format.Decoding(
        new Schema(fields, all.schema().open()),
        all.used(),
        all.usesAll(),
        all.unknownFields(),
        all.types(),
        all.maxRecord());
  }

  @Override
  public ColumnBuilder[] into(Decoder.Rows out) {
    keys.ifPresent(
        decoder -> {
          ColumnBuilder[] unused = decoder.into(out);
        });
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
    boolean silent =
        keys.isPresent()
            && members.act() == Envelope.Act.UPDATE
            && members.before() == ChangeMembers.NONE;
    demand(goes, members.before() != ChangeMembers.NONE || silent, BEFORE);
    demand(comes, members.after() != ChangeMembers.NONE, AFTER);
    if (goes && !silent) {
      row(keys.orElse(records), scanner, from, end, BEFORE);
    }
    if (comes) {
      row(records, scanner, from, end, AFTER);
    }
    switch (members.act()) {
      case INSERT -> out.endChange(Change.INSERT, from, line);
      case DELETE -> out.endChange(Change.DELETE, from, line);
      case UPDATE -> {
        if (!silent) {
          out.endChange(Change.UPDATE_BEFORE, from, line);
        }
        out.endChange(Change.UPDATE_AFTER, from, line);
      }
    }
  }

  private void demand(boolean wanted, boolean there, String name) {
    if (wanted && !there && name.equals(BEFORE) && envelope == Envelope.DEBEZIUM) {
      throw new RecordProblem(
          ProblemCode.D110,
          keys.isPresent()
              ? "`before` is missing, and a delete has its key nowhere else"
              : "`before` is missing, so the row that goes is not known; let the database log whole"
                  + " rows (in PostgreSQL `REPLICA IDENTITY FULL`), or say `before: remembered`"
                  + " beside `key`");
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

  private void row(RecordDecoder decoder, JsonScanner scanner, int from, int end, String name) {
    scanner.reset(scanner.source(), from, end);
    scanner.position(name.equals(BEFORE) ? members.before() : members.after());
    try {
      decoder.decode(scanner);
    } catch (RecordProblem wrong) {
      throw new RecordProblem(wrong.code(), "in `" + name + "`, " + wrong.text());
    }
  }
}
