package io.penstock.connectors.standard.json;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import java.util.List;

/** The options of the Debezium format. */
@Component(
    name = "debezium",
    summary =
        "Changes of a table as Debezium writes them in JSON, one on each line: `op` (c, r, u, d),"
            + " `before` and `after`, with or without `payload` around them.",
    example = "debezium: { key: [id] }")
public record DebeziumConfig(
    @Option("The fields that tell the rows of the table apart; each row has them.")
        List<String> key,
    @Option(
            value =
                "Where the row that an update or a delete takes away is: `logged` in the change, all"
                    + " of it; `remembered`, by the key in `before` or `after`: the last row of each"
                    + " key is kept.",
            byDefault = "logged")
        Before before)
    implements FormatConfig {
  /** Where the row that goes is. */
  public enum Before {
    LOGGED,
    REMEMBERED
  }

  public DebeziumConfig {
    key = List.copyOf(key);
  }

  @Override
  public void check(Checks checks) {
    if (key.isEmpty()) {
      checks.problem(
          ProblemCode.E105,
          "key",
          "the key must have at least one field",
          "write for example `key: [id]`");
    }
  }

  @Override
  public Format format() {
    return new ChangesFormat(
        Envelope.DEBEZIUM,
        JsonConfig.Nulls.WRITE,
        new FormatTraits.Key(key, before == Before.REMEMBERED));
  }
}
