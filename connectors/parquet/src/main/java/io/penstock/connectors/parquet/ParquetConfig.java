package io.penstock.connectors.parquet;

import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Option;

/** The options of the Parquet format. */
@Component(
    name = "parquet",
    summary =
        "Parquet: files of columns, read group of rows by group of rows; one that is compressed as"
            + " a whole is read at once, so `max_record` limits it.",
    example = "parquet: { codec: zstd }",
    suffixes = ".parquet")
public record ParquetConfig(
    @Option(value = "How the pages of a file that is written are packed.", byDefault = "zstd")
        Codec codec,
    @Option(
            value = "About how many bytes a group of rows has before it is packed.",
            byDefault = "32MiB")
        DataSize rowGroup)
    implements FormatConfig {
  @Override
  public Format format() {
    return new ParquetFormat(codec, rowGroup.bytes());
  }
}
