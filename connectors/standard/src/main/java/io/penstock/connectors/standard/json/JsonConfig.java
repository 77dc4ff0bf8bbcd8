package io.penstock.connectors.standard.json;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;

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
    @Option(value = "Whether fields that are null are written.", byDefault = "write") Nulls nulls)
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

  @Override
  public Format format() {
    return new JsonFormat(layout, nulls);
  }
}
