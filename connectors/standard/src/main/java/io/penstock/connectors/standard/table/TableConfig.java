package io.penstock.connectors.standard.table;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;

/** The format of aligned tables, for people; written only. */
@Component(
    name = "table",
    summary = "Rows as an aligned table, for people to read; can only be written.",
    example = "table")
public record TableConfig() implements FormatConfig {
  @Override
  public Format format() {
    return new TableFormat();
  }
}
