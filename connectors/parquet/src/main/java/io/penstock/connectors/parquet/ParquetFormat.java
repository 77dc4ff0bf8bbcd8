package io.penstock.connectors.parquet;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.FileParts;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import java.util.Optional;

/**
 * Parquet: what is in a file stands at its end. A file that can be read at any place is read group
 * of rows by group of rows; one that comes as a stream is one block.
 */
final class ParquetFormat implements Format {
  private final Codec codec;
  private final long rowGroup;

  ParquetFormat(Codec codec, long rowGroup) {
    this.codec = codec;
    this.rowGroup = rowGroup;
  }

  @Override
  public FormatTraits traits() {
    return new FormatTraits(true, true, false, false, Optional.empty(), true, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return (bytes, from, to, last) -> last ? to : Splitter.NONE;
  }

  @Override
  public Optional<FileParts.Finder> parts(Decoding decoding) {
    return Optional.of(file -> RowGroups.of(file, decoding));
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new ParquetDecoder(decoding);
  }

  @Override
  public Encoder encoder(Schema rows) {
    return new ParquetEncoder(codec, rowGroup, rows);
  }
}
