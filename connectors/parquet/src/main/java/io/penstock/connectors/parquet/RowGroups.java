package io.penstock.connectors.parquet;

import io.penstock.api.format.FileParts;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * The groups of rows of a file. The bytes of one are a file of Parquet with that group alone, and
 * of its columns those that are read.
 */
final class RowGroups implements FileParts {
  /** How many records' bytes a group may have. */
  private static final int RECORDS = 64;

  private static final int RECORDS_OF_FOOTER = 4;
  private static final int MOST_PADDING = 16 << 20;
  private static final String NOTHING = "; nothing of the file is read";

  private final Bytes file;
  private final long size;
  private final long most;
  private final List<Part> parts = new ArrayList<>();
  private int check;
  private FileMetaData footer = new FileMetaData();
  private List<BlockMetaData> groups = List.of();
  private MessageType wanted = new MessageType("none");

  private RowGroups(Bytes file, long size, int maxRecord) {
    this.file = file;
    this.size = size;
    this.most = (long) RECORDS * maxRecord;
  }

  /** Reads what the file says of itself. */
  static RowGroups of(Bytes file, Format.Decoding decoding) throws IOException {
    RowGroups groups = new RowGroups(file, file.length(), decoding.maxRecord());
    try {
      groups.begin(decoding);
    } catch (BadFile wrong) {
      groups.parts.clear();
      groups.parts.add(
          new Part(
              0, 0, groups.size, Optional.of(new Wrong(wrong.code(), wrong.text() + NOTHING))));
    }
    return groups;
  }

  private void begin(Format.Decoding decoding) throws IOException {
    byte[] head = read(0, (int) Math.min(Footer.HEAD, size));
    int tail = (int) Math.min(Footer.TAIL, size);
    int length = Footer.length(head, read(size - tail, tail), size);
    if (length > (long) RECORDS_OF_FOOTER * decoding.maxRecord()) {
      throw new BadFile(
          ProblemCode.D107,
          "the footer has " + length + " bytes, more than four times `max_record`");
    }
    byte[] bytes = read(size - Footer.TAIL - length, length);
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    check = (int) sum.getValue();
    footer = Footer.read(bytes, 0, length, length);
    ParquetMetadata parsed = Footer.parsed(footer);
    groups = parsed.getBlocks();
    wanted = new ParquetDecoder(decoding).wanted(parsed);
    Unwanted unwanted = new Unwanted(decoding, parsed.getFileMetaData().getSchema());
    long rows = 0;
    long end = 0;
    for (int i = 0; i < groups.size(); i++) {
      checkPlain(footer.getRow_groups().get(i));
      long count = groups.get(i).getRowCount();
      end = Math.max(end, end(groups.get(i)));
      if (count > 0 && !unwanted.is(groups.get(i))) {
        parts.add(new Part(i, rows, Math.min(end, size), wrong(groups.get(i))));
      }
      rows = Math.max(rows, rows + Math.max(0, count));
    }
  }

  private static void checkPlain(RowGroup group) {
    for (ColumnChunk column : group.getColumns()) {
      if (column.isSetFile_path()) {
        throw new BadFile(ProblemCode.D101, "columns of the file stand in other files");
      }
      if (!column.isSetMeta_data() || column.isSetCrypto_metadata()) {
        throw new BadFile(ProblemCode.D101, "columns of the file are encrypted, which is not read");
      }
    }
  }

  private static long end(BlockMetaData group) {
    long end = 0;
    for (ColumnChunkMetaData column : group.getColumns()) {
      end = Math.max(end, column.getStartingPos() + column.getTotalSize());
    }
    return end;
  }

  private Optional<Wrong> wrong(BlockMetaData group) {
    long sum = 0;
    for (ColumnChunkMetaData column : group.getColumns()) {
      if (!isWanted(column)) {
        continue;
      }
      long start = column.getStartingPos();
      long length = column.getTotalSize();
      if (start < 0 || length < 0 || start > size || length > size - start) {
        return lost(group, ProblemCode.D101, Chunk.outside(column, size));
      }
      sum += length;
    }
    return sum > most
        ? lost(
            group,
            ProblemCode.D107,
            "a group of rows has "
                + sum
                + " bytes, more than "
                + most
                + ", "
                + RECORDS
                + " times `max_record`")
        : Optional.empty();
  }

  private static Optional<Wrong> lost(BlockMetaData group, ProblemCode code, String text) {
    return Optional.of(new Wrong(code, text + ParquetDecoder.lost(group.getRowCount())));
  }

  private boolean isWanted(ColumnChunkMetaData column) {
    return wanted.containsField(column.getPath().toArray()[0]);
  }

  @Override
  public List<Part> all() {
    return List.copyOf(parts);
  }

  @Override
  public int check() {
    return check;
  }

  @Override
  public byte[] bytes(Part part) throws IOException {
    BlockMetaData group = groups.get(part.number());
    List<ColumnChunk> moved = new ArrayList<>();
    List<ColumnChunkMetaData> columns = new ArrayList<>();
    int length = Footer.HEAD;
    for (int i = 0; i < group.getColumns().size(); i++) {
      ColumnChunkMetaData column = group.getColumns().get(i);
      if (isWanted(column)) {
        ColumnChunk written = footer.getRow_groups().get(part.number()).getColumns().get(i);
        columns.add(column);
        moved.add(moved(written, column, length));
        length += (int) column.getTotalSize();
      }
    }
    byte[] end = Footer.written(about(part.number(), moved));
    // Rows are told apart by their place among the bytes.
    int padding = (int) Math.max(0, Math.min(group.getRowCount() - length, MOST_PADDING));
    byte[] bytes = new byte[length + padding + end.length];
    Footer.begin(bytes);
    int at = Footer.HEAD;
    for (ColumnChunkMetaData column : columns) {
      read(column.getStartingPos(), bytes, at, (int) column.getTotalSize());
      at += (int) column.getTotalSize();
    }
    System.arraycopy(end, 0, bytes, length + padding, end.length);
    return bytes;
  }

  /** What a file says that has this group alone. */
  private FileMetaData about(int number, List<ColumnChunk> columns) {
    RowGroup written = footer.getRow_groups().get(number);
    RowGroup alone = new RowGroup();
    alone.setColumns(columns);
    alone.setNum_rows(written.getNum_rows());
    alone.setTotal_byte_size(written.getTotal_byte_size());
    FileMetaData about = new FileMetaData();
    about.setVersion(footer.getVersion());
    about.setSchema(footer.getSchema());
    about.setNum_rows(written.getNum_rows());
    about.setRow_groups(List.of(alone));
    about.setCreated_by(footer.getCreated_by());
    return about;
  }

  /** A column that stands at another place. */
  private static ColumnChunk moved(ColumnChunk written, ColumnChunkMetaData column, int to) {
    long by = to - column.getStartingPos();
    ColumnMetaData about = written.getMeta_data().deepCopy();
    boolean dictionary = about.getData_page_offset() != column.getStartingPos();
    about.setData_page_offset(about.getData_page_offset() + by);
    if (dictionary) {
      about.setDictionary_page_offset(to);
    } else {
      about.unsetDictionary_page_offset();
    }
    about.unsetStatistics();
    about.unsetBloom_filter_offset();
    about.unsetIndex_page_offset();
    ColumnChunk alone = new ColumnChunk();
    alone.setFile_offset(0);
    alone.setMeta_data(about);
    return alone;
  }

  private byte[] read(long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(from, bytes, 0, length);
    return bytes;
  }

  private void read(long from, byte[] into, int offset, int length) throws IOException {
    for (int at = 0; at < length; ) {
      int count = file.read(from + at, into, offset + at, length - at);
      if (count < 0) {
        throw new EOFException("the file ends at byte " + (from + at));
      }
      at += count;
    }
  }
}
