package io.penstock.connectors.standard.csv;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import java.util.Optional;

/** The options of the CSV format. */
@Component(
    name = "csv",
    summary = "Comma-separated values by RFC 4180 and its usual dialects.",
    example = "csv: { delimiter: \";\", header: false }",
    suffixes = {".csv"})
public record CsvConfig(
    @Option(value = "The character between cells.", byDefault = "\",\"") String delimiter,
    @Option(
            value = "Whether the first record names the fields, is data, or is passed over.",
            byDefault = "true")
        Header header,
    @Option(value = "The character around cells that hold a delimiter.", byDefault = "'\"'")
        String quote,
    @Option(
            "The text that stands for null; left out: the empty unquoted cell of an optional field.")
        Optional<String> nullText,
    @Option(value = "What a quoted empty cell is.", byDefault = "empty") QuotedEmpty quotedEmpty,
    @Option(
            value =
                "Whether texts that a spreadsheet would compute are written with a `'` before them.",
            byDefault = "false")
        boolean spreadsheetSafe)
    implements FormatConfig {

  /** What a quoted empty cell is. */
  public enum QuotedEmpty {
    EMPTY,
    NULL
  }

  @Override
  public void check(Checks checks) {
    CsvDialect.check(delimiter, "delimiter", checks);
    CsvDialect.check(quote, "quote", checks);
    if (delimiter.equals(quote)) {
      checks.problem(
          io.penstock.api.problem.ProblemCode.E110,
          "quote",
          "`quote` and `delimiter` must differ, both are `" + quote + "`",
          "leave `quote` out");
    }
  }

  @Override
  public Format format() {
    return new CsvFormat(
        new CsvDialect(
            (byte) delimiter.charAt(0),
            (byte) quote.charAt(0),
            header,
            nullText,
            quotedEmpty == QuotedEmpty.NULL,
            spreadsheetSafe));
  }
}
