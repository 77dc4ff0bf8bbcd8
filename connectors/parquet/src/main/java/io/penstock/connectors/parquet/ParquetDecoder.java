package io.penstock.connectors.parquet;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a file, group of rows by group; only columns that are used, and those whose values might
 * not fit, are unpacked. Where the batch is full the decoder goes on at the next call.
 */
final class ParquetDecoder implements Decoder {
  private static final int UNPACKED = 4;

  private final Format.Decoding decoding;
  private final int mostUnpacked;
  private final ColumnBuilder[] columns;
  private final Misfits misfits = new Misfits();
  private byte[] begunIn = new byte[0];
  private int stoppedAt = -1;
  private int nextGroup;
  private int line;
  private long left;
  private List<BlockMetaData> groups = List.of();
  private MessageType wanted = new MessageType("none");
  private MessageType inFile = wanted;
  private String writtenBy = "";
  private @Nullable RecordReader<Boolean> rows;
  private int[] passed = new int[0];

  ParquetDecoder(Format.Decoding decoding) {
    this.decoding = decoding;
    this.columns = new ColumnBuilder[decoding.schema().columns()];
    this.mostUnpacked =
        (int) Math.min(Integer.MAX_VALUE - 16L, (long) UNPACKED * decoding.maxRecord());
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    try {
      if (from != stoppedAt || block.bytes() != begunIn) {
        begin(block);
      }
      return rows(block, out);
    } catch (BadFile wrong) {
      stoppedAt = -1;
      out.bad(
          block.from(),
          block.from(),
          line,
          wrong.code(),
          wrong.text() + "; nothing of the file is read");
      return block.to();
    }
  }

  private void begin(Block block) {
    begunIn = block.bytes();
    stoppedAt = -1;
    nextGroup = 0;
    line = 0;
    left = 0;
    rows = null;
    ParquetMetadata footer = Footer.read(block.bytes(), block.from(), block.to());
    String by = footer.getFileMetaData().getCreatedBy();
    writtenBy = by == null ? "" : by;
    groups = footer.getBlocks();
    MessageType unused = wanted(footer);
  }

  /**
   * The columns of a file that are read. One that lacks what is declared, or has it as another
   * type, is thrown, before the first row.
   */
  MessageType wanted(ParquetMetadata footer) {
    inFile = footer.getFileMetaData().getSchema();
    wanted = wanted(inFile);
    GroupConverter unused = converter();
    return wanted;
  }

  /** The columns that are read; others are checked by their type alone. */
  private MessageType wanted(MessageType file) {
    List<Type> fields = new ArrayList<>();
    Set<String> declared = new HashSet<>(decoding.schema().names());
    List<Field> unread = new ArrayList<>();
    for (Field field : decoding.schema().fields()) {
      if (!file.containsField(field.name())) {
        if (!field.type().optional()) {
          throw new BadFile(ProblemCode.D103, "`" + field.name() + "` is missing");
        }
        continue;
      }
      Type type = file.getType(field.name());
      boolean total =
          type.isPrimitive()
              && (field.type().optional() || type.isRepetition(Type.Repetition.REQUIRED))
              && Scalars.isTotal(type.asPrimitiveType(), field.type().type());
      if (decoding.uses(field.name()) || !total) {
        fields.add(type);
      } else {
        unread.add(field);
      }
    }
    if (decoding.schema().open()) {
      throw new BadFile(
          ProblemCode.D105, "fields that are not declared cannot be kept, declare them");
    }
    for (Type type : file.getFields()) {
      if (decoding.unknownFields() == Format.UnknownFields.FAIL
          && !declared.contains(type.getName())) {
        throw new BadFile(ProblemCode.D105, "`" + type.getName() + "` is not in the schema");
      }
    }
    if (fields.isEmpty() && file.getFieldCount() > 0) {
      // A count of rows is not believed: the values of some column must be there.
      Type any = file.getType(0);
      fields.add(any);
      unread.removeIf(field -> field.name().equals(any.getName()));
    }
    passed = unread.stream().mapToInt(f -> decoding.schema().indexOf(f.name())).toArray();
    return new MessageType(file.getName(), fields);
  }

  /** The converter of rows; fields that are passed over get a null behind each. */
  private GroupConverter converter() {
    List<Field> read = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (Field field : decoding.schema().fields()) {
      if (wanted.containsField(field.name()) || !inFile.containsField(field.name())) {
        read.add(field);
        indexes.add(decoding.schema().indexOf(field.name()));
      }
    }
    return new Converters(misfits)
        .record(
            wanted,
            io.penstock.api.data.Schema.of(read),
            "",
            i -> columns[indexes.get(i)],
            this::pass);
  }

  private void pass() {
    for (int column : passed) {
      columns[column].addNull();
    }
  }

  private int rows(Block block, Rows out) {
    while (true) {
      if (left == 0) {
        if (nextGroup == groups.size()) {
          stoppedAt = -1;
          out.lines(line);
          return block.to();
        }
        open(block, groups.get(nextGroup++), out);
        continue;
      }
      if (out.full()) {
        stoppedAt = block.from() + 1;
        return stoppedAt;
      }
      row(block, out);
    }
  }

  private void open(Block block, BlockMetaData group, Rows out) {
    left = Math.max(0, group.getRowCount());
    GroupPages pages = new GroupPages(block.bytes(), block.from(), block.to(), group, mostUnpacked);
    try {
      rows =
          new ColumnIOFactory(writtenBy)
              .getColumnIO(wanted, inFile)
              .getRecordReader(pages, new Materializer(converter()));
    } catch (RuntimeException wrong) {
      // The library throws whatever comes of bytes that are none.
      lose(place(block), wrong, out);
    }
  }

  private void row(Block block, Rows out) {
    int place = place(block);
    try {
      boolean unused = Objects.requireNonNull(rows).read();
    } catch (RuntimeException wrong) {
      lose(place, wrong, out);
      return;
    }
    Optional<BadFile> misfit = misfits.take();
    if (misfit.isPresent()) {
      out.bad(place, place, line, misfit.get().code(), misfit.get().text());
    } else {
      out.endRow(place, line);
    }
    line++;
    left--;
  }

  /** The rest of a group cannot be read: the library has lost its place. */
  private void lose(int place, RuntimeException wrong, Rows out) {
    Optional<BadFile> unused = misfits.take();
    Optional<BadFile> known = known(wrong);
    ProblemCode code = known.map(BadFile::code).orElse(ProblemCode.D101);
    String text = known.map(BadFile::text).orElse("a group of rows is damaged");
    out.bad(place, place, line, code, text + lost(left));
    line += (int) Math.min(left, Integer.MAX_VALUE - line);
    left = 0;
  }

  /** Says that so many rows cannot be read. */
  static String lost(long rows) {
    return rows == 1 ? "; its row is lost" : "; " + rows + " rows are lost";
  }

  private static Optional<BadFile> known(Throwable wrong) {
    Throwable at = wrong;
    for (int depth = 0; at != null && depth < 8; depth++) {
      if (at instanceof BadFile bad) {
        return Optional.of(bad);
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  /** A place of the row's number: rows have no bytes of their own. */
  private int place(Block block) {
    return block.from() + Math.min(line, block.to() - block.from() - 1);
  }

  /** Makes nothing of a record: its values are in the columns. */
  private static final class Materializer extends RecordMaterializer<Boolean> {
    private final GroupConverter root;

    Materializer(GroupConverter root) {
      this.root = root;
    }

    @Override
    public Boolean getCurrentRecord() {
      return true;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
