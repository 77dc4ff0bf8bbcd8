package io.penstock.connectors.parquet;

import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/** The pages of a column in a group of rows, read one after the other out of the file's bytes. */
final class Chunk implements PageReader {
  private final ParquetMetadataConverter converter = new ParquetMetadataConverter();
  private final byte[] bytes;
  private final int end;
  private final ColumnChunkMetaData column;
  private final Codec codec;
  private final int mostUnpacked;
  private int at;
  private long values;
  private @Nullable DictionaryPage dictionary;

  /**
   * @param from where the file begins in the array
   * @param to where it ends
   * @param mostUnpacked how many bytes a page may have at most
   */
  Chunk(byte[] bytes, int from, int to, ColumnChunkMetaData column, int mostUnpacked) {
    this.bytes = bytes;
    this.column = column;
    this.mostUnpacked = mostUnpacked;
    this.codec =
        Codec.of(column.getCodec())
            .orElseThrow(
                () ->
                    new BadFile(
                        ProblemCode.D101,
                        shown()
                            + " is packed with `"
                            + column.getCodec()
                            + "`; snappy, gzip and zstd are read"));
    long start = column.getStartingPos();
    long length = column.getTotalSize();
    if (start < 0 || length < 0 || start > to - from || length > to - from - start) {
      throw new BadFile(ProblemCode.D101, outside(column, to - from));
    }
    this.at = from + (int) start;
    this.end = at + (int) length;
  }

  /** What is wrong with a column that does not lie in its file. */
  static String outside(ColumnChunkMetaData column, long size) {
    return shown(column)
        + " is said to stand at "
        + column.getStartingPos()
        + ", and the file has "
        + size
        + " bytes";
  }

  private static String shown(ColumnChunkMetaData column) {
    return "the column `" + column.getPath().toDotString() + "`";
  }

  private String shown() {
    return shown(column);
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    if (dictionary == null && values == 0) {
      int begun = at;
      PageHeader header = header();
      if (header.getType() == PageType.DICTIONARY_PAGE) {
        dictionary = dictionary(header);
      } else {
        at = begun;
      }
    }
    return dictionary;
  }

  private DictionaryPage dictionary(PageHeader header) {
    DictionaryPageHeader about = header.getDictionary_page_header();
    return new DictionaryPage(
        BytesInput.from(body(header, 0)),
        about.getNum_values(),
        converter.getEncoding(about.getEncoding()));
  }

  @Override
  public long getTotalValueCount() {
    return column.getValueCount();
  }

  @Override
  public @Nullable DataPage readPage() {
    while (values < column.getValueCount()) {
      PageHeader header = header();
      if (header.getType() == PageType.DATA_PAGE) {
        return first(header);
      }
      if (header.getType() == PageType.DATA_PAGE_V2) {
        return second(header);
      }
      // An index, or a dictionary that was read already.
      byte[] unused = packed(header);
    }
    return null;
  }

  private DataPage first(PageHeader header) {
    DataPageHeader about = header.getData_page_header();
    values += about.getNum_values();
    return new DataPageV1(
        BytesInput.from(body(header, 0)),
        about.getNum_values(),
        header.getUncompressed_page_size(),
        none(),
        converter.getEncoding(about.getRepetition_level_encoding()),
        converter.getEncoding(about.getDefinition_level_encoding()),
        converter.getEncoding(about.getEncoding()));
  }

  private DataPage second(PageHeader header) {
    DataPageHeaderV2 about = header.getData_page_header_v2();
    values += about.getNum_values();
    int repetition = about.getRepetition_levels_byte_length();
    int definition = about.getDefinition_levels_byte_length();
    if (repetition < 0
        || definition < 0
        || (long) repetition + definition > header.getCompressed_page_size()) {
      throw damaged();
    }
    int begun = at;
    byte[] body =
        about.isIs_compressed()
            ? body(header, repetition + definition)
            : tail(packed(header), repetition + definition);
    Encoding encoding = converter.getEncoding(about.getEncoding());
    return DataPageV2.uncompressed(
        about.getNum_rows(),
        about.getNum_nulls(),
        about.getNum_values(),
        BytesInput.from(bytes, begun, repetition),
        BytesInput.from(bytes, begun + repetition, definition),
        encoding,
        BytesInput.from(body),
        none());
  }

  private static byte[] tail(byte[] whole, int from) {
    return java.util.Arrays.copyOfRange(whole, from, whole.length);
  }

  private Statistics<?> none() {
    return Statistics.createStats(column.getPrimitiveType());
  }

  private BadFile damaged() {
    return new BadFile(ProblemCode.D101, "a page of " + shown() + " is damaged");
  }

  private PageHeader header() {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, at, end - at);
    try {
      PageHeader header = Util.readPageHeader(in);
      at = end - in.available();
      int packed = header.getCompressed_page_size();
      int unpacked = header.getUncompressed_page_size();
      if (packed < 0 || unpacked < 0 || packed > end - at) {
        throw damaged();
      }
      if (unpacked > mostUnpacked) {
        throw new BadFile(
            ProblemCode.D107,
            "a page of "
                + shown()
                + " unpacks to "
                + unpacked
                + " bytes, more than "
                + mostUnpacked
                + ", four times `max_record`");
      }
      return header;
    } catch (IOException wrong) {
      throw damaged();
    }
  }

  /** The bytes of a page as they are, its checksum proved; the place is behind it. */
  private byte[] packed(PageHeader header) {
    int from = at;
    at += header.getCompressed_page_size();
    if (header.isSetCrc()) {
      CRC32 sum = new CRC32();
      sum.update(bytes, from, at - from);
      if ((int) sum.getValue() != header.getCrc()) {
        throw new BadFile(
            ProblemCode.D108, "the checksum of a page of " + shown() + " is not that of its bytes");
      }
    }
    return java.util.Arrays.copyOfRange(bytes, from, at);
  }

  /** The bytes of a page unpacked, but those before that are not. */
  private byte[] body(PageHeader header, int before) {
    byte[] packed = packed(header);
    return codec.unpack(packed, before, packed.length, header.getUncompressed_page_size() - before);
  }
}
