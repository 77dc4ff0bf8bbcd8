package io.penstock.connectors.standard.csv;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import java.util.Optional;

/** The options of the TSV format: CSV with tabs. */
@Component(
    name = "tsv",
    summary = "Values separated by tabs, otherwise as `csv`.",
    example = "tsv: { header: false }",
    suffixes = {".tsv"})
public record TsvConfig(
    @Option(
            value = "Whether the first record names the fields, is data, or is passed over.",
            byDefault = "true")
        Header header,
    @Option(
            "The text that stands for null; left out: the empty unquoted cell of an optional field.")
        Optional<String> nullText)
    implements FormatConfig {
  @Override
  public Format format() {
    return new CsvFormat(new CsvDialect((byte) '\t', (byte) '"', header, nullText, false, false));
  }
}
