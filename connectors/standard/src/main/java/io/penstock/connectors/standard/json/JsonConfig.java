package io.penstock.connectors.standard.json;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import io.penstock.connectors.registry.Offered;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.SchemaKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options of the JSON format. */
@Component(
    name = "json",
    summary = "JSON, one object for each record.",
    example = "json: lines",
    suffixes = {".jsonl", ".ndjson"})
public record JsonConfig(
    @Option(
            value =
                "How the records lie in the file: one on each line, in one array, or one in all.",
            byDefault = "lines",
            main = true)
        Layout layout,
    @Option(value = "Whether fields that are null are written.", byDefault = "write") Nulls nulls,
    @Option(
            value =
                "What a line is: `none`, a row; `envelope`, a change of a table, as"
                    + " `{\"op\": \"update\", \"before\": {...}, \"after\": {...}}`, where an `insert`"
                    + " has no `before` and a `delete` no `after`.",
            byDefault = "none")
        Changes changes,
    @Option(
            "Where the JSON Schemas are that records name by a number before them, each a message"
                + " by itself, as those of a queue; left out: no number is there.")
        Optional<Registry> registry)
    implements FormatConfig {

  /** How records lie in a file. */
  public enum Layout {
    LINES,
    ARRAY,
    DOCUMENT
  }

  /** What becomes of null fields. */
  public enum Nulls {
    WRITE,
    OMIT
  }

  /** What a record says beside its fields. */
  public enum Changes {
    NONE,
    ENVELOPE
  }

  /** Records that are rows. */
  public JsonConfig(Layout layout, Nulls nulls) {
    this(layout, nulls, Changes.NONE, Optional.empty());
  }

  @Override
  public void check(Checks checks) {
    if (registry.isPresent() && (layout == Layout.ARRAY || changes == Changes.ENVELOPE)) {
      checks.problem(
          ProblemCode.E110,
          "registry",
          "a record with a number before it is one object, and no "
              + (layout == Layout.ARRAY ? "array" : "change"),
          "leave out `registry`, or `" + (layout == Layout.ARRAY ? "layout" : "changes") + "`");
    }
    if (changes == Changes.ENVELOPE && layout != Layout.LINES) {
      checks.problem(
          ProblemCode.E110,
          "changes",
          "changes stand on lines, one on each, and not in the layout `"
              + layout.name().toLowerCase(Locale.ROOT)
              + "`",
          "write `json: { changes: envelope }`");
    }
  }

  @Override
  public Format format() {
    if (changes == Changes.ENVELOPE) {
      return new ChangesFormat(Envelope.PLAIN, nulls, new FormatTraits.Key(List.of()));
    }
    return registry
        .<Format>map(asked -> new NumberedFormat(asked, nulls, Optional.empty()))
        .orElseGet(() -> new JsonFormat(layout, nulls));
  }

  @Override
  public Format written(Optional<String> destination) {
    return registry
        .<Format>map(asked -> new NumberedFormat(asked, nulls, asked.subject(destination)))
        .orElseGet(this::format);
  }

  @Override
  public List<Problem> connect(Probe probe) {
    return registry.map(asked -> asked.connect(probe, SchemaKind.JSON)).orElse(List.of());
  }

  @Override
  public List<Problem> connectWritten(Probe probe, Optional<String> destination, Schema rows) {
    return registry
        .map(
            asked ->
                asked.connectWritten(
                    probe,
                    SchemaKind.JSON,
                    destination,
                    client ->
                        Optional.of(new Offered(WrittenJsonSchema.of(rows).toText(), List.of()))))
        .orElse(List.of());
  }

  @Override
  public void checkWritten(Optional<String> destination, Checks checks) {
    registry.ifPresent(asked -> asked.checkSubject(destination, checks));
  }
}
