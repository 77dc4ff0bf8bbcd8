package io.penstock.connectors.standard.csv;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Block;
import io.penstock.api.format.BlockLines;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ByteScan;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.connectors.standard.value.TooLong;
import io.penstock.json.JsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes CSV from bytes straight into columns. */
final class CsvDecoder implements Decoder {
  private static final int LEAST_TRIED = 64;

  private final boolean fast;
  private final CsvDialect dialect;
  private final byte delimiter;
  private final byte[] nullText;
  private final boolean hasNullText;
  private final Format.Decoding decoding;
  private final Schema schema;
  private final CsvHeader header;
  private final CsvCursor cursor;
  private final ColumnBuilder[] columns;
  private final JsonBuilder rest = new JsonBuilder();

  // The cells of the file, known from its first block or from the schema.
  private Cell[] cells = new Cell[0];
  private int[] absent = new int[0];
  private Optional<PlainDecoder> plain = Optional.empty();
  private Optional<CsvHeader.Unfit> unfit = Optional.empty();

  // Records of the block that were tried in the plain way, and those of them that were not taken.
  private int tried;
  private int surprises;

  // Where the last call stopped, so that the next one knows its line.
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;
  private boolean clean;

  // What is wrong with the record that is being read; the first complaint counts.
  private @Nullable ProblemCode wrong;
  private String complaint = "";
  private int begun;

  CsvDecoder(CsvDialect dialect, Format.Decoding decoding) {
    this(dialect, decoding, PlainDecoder.takes(dialect, decoding));
  }

  /**
   * @param fast whether records are tried in the plain way before the ordinary one
   */
  CsvDecoder(CsvDialect dialect, Format.Decoding decoding, boolean fast) {
    this.fast = fast;
    this.dialect = dialect;
    this.delimiter = dialect.delimiter();
    this.nullText = dialect.nullText().orElse("").getBytes(StandardCharsets.UTF_8);
    this.hasNullText = dialect.nullText().isPresent();
    this.decoding = decoding;
    this.schema = decoding.schema();
    this.header = new CsvHeader(decoding);
    this.cursor = new CsvCursor(dialect);
    this.columns = new ColumnBuilder[schema.columns()];
    if (dialect.header() != Header.TRUE && !schema.fields().isEmpty()) {
      use(header.positional());
    }
  }

  @Override
  public int header(Block first) {
    byte[] bytes = first.bytes();
    int at = first.from();
    int to = first.to();
    if (to - at >= 3
        && bytes[at] == (byte) 0xef
        && bytes[at + 1] == (byte) 0xbb
        && bytes[at + 2] == (byte) 0xbf) {
      at += 3;
    }
    if (dialect.header() == Header.FALSE) {
      if (schema.fields().isEmpty()) {
        learnWidth(bytes, at, to);
      }
      return at;
    }
    while (at < to && (bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    if (at == to) {
      return at;
    }
    String file = first.meta().getOrDefault("path", "");
    List<String> names = names(bytes, at, to, file);
    if (dialect.header() == Header.TRUE) {
      unfit = header.unfit(names);
      use(header.named(names, file));
    } else if (schema.fields().isEmpty()) {
      use(CsvHeader.numbered(names.size()));
    }
    return cursor.next();
  }

  private List<String> names(byte[] bytes, int from, int to, String file) {
    int unclean = ByteScan.unclean(bytes, from, Math.min(to, lineEnd(bytes, from, to)));
    if (unclean >= 0) {
      throw CsvHeader.wrong(
          file,
          "the header holds " + ByteScan.complaint(bytes, unclean, from),
          "say the right `charset` on the source");
    }
    List<String> names = new ArrayList<>();
    cursor.begin(bytes, from, to);
    do {
      cursor.cell();
      names.add(
          new String(
              cursor.array(), cursor.from(), cursor.to() - cursor.from(), StandardCharsets.UTF_8));
    } while (cursor.more());
    return names;
  }

  // Without names and without a schema the first record says how many cells there are.
  private void learnWidth(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    cursor.begin(bytes, at, to);
    int count = 0;
    do {
      cursor.cell();
      count++;
    } while (cursor.more());
    use(CsvHeader.numbered(count));
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private void use(Cell[] found) {
    cells = found;
    boolean[] there = new boolean[schema.fields().size()];
    for (Cell cell : found) {
      if (cell.column() >= 0) {
        there[cell.column()] = true;
      }
    }
    int count = 0;
    int[] missing = new int[there.length];
    for (int i = 0; i < there.length; i++) {
      if (!there[i]) {
        missing[count++] = i;
      }
    }
    absent = Arrays.copyOf(missing, count);
    plain =
        fast && unfit.isEmpty()
            ? Optional.of(new PlainDecoder(dialect, cells, absent, decoding))
            : Optional.empty();
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    byte[] bytes = block.bytes();
    int to = block.to();
    int line = resume(block, from);
    int at = from;
    while (at < to && !out.full()) {
      byte b = bytes[at];
      if (b == '\n' || b == '\r') {
        at++;
        boolean pair = b == '\r' && at < to && bytes[at] == '\n';
        at += pair ? 1 : 0;
        line += b == '\n' || pair ? 1 : 0;
        out.skipped(1);
      } else if (worthTrying()) {
        PlainDecoder quick = plain.get();
        at = quick.records(bytes, at, to, out.room(), columns);
        out.endRows(quick.begins(), quick.taken(), line);
        line += quick.taken();
        tried += quick.taken();
        if (quick.surprised()) {
          tried++;
          surprises++;
          line = record(bytes, at, to, line, out);
          at = cursor.next();
        }
      } else {
        line = record(bytes, at, to, line, out);
        at = cursor.next();
      }
    }
    if (at >= to) {
      out.lines(line);
    }
    lastBlock = block;
    lastStop = at;
    lastLine = line;
    return at;
  }

  /** The line in the block at which decoding goes on. */
  private int resume(Block block, int from) {
    if (block == lastBlock && from == lastStop) {
      return lastLine;
    }
    tried = 0;
    surprises = 0;
    clean = ByteScan.unclean(block.bytes(), block.from(), block.to()) < 0;
    return BlockLines.in(block.bytes(), block.from(), from);
  }

  /** Whether records are taken in the plain way: as long as that mostly succeeds. */
  private boolean worthTrying() {
    return clean && plain.isPresent() && (tried < LEAST_TRIED || surprises < tried / 4);
  }

  /** Decodes the record that begins here; returns the line of the next one. */
  private int record(byte[] bytes, int start, int to, int line, Rows out) {
    wrong = null;
    Cell[] known = cells;
    unfit.ifPresent(header -> fail(header.code(), header.message()));
    begun = schema.open() ? rest.clear().beginObject() : 0;
    cursor.begin(bytes, start, to);
    int count = 0;
    do {
      cursor.cell();
      if (count < known.length && wrong == null) {
        take(known[count]);
      }
      count++;
    } while (cursor.more());
    int next = cursor.next();
    int nextLine = line + cursor.lines();
    checkShape(count, known.length, start, next);
    if (!clean) {
      checkClean(bytes, start, next);
    }
    ProblemCode code = wrong;
    if (code != null) {
      out.bad(start, next, line, code, complaint);
      return nextLine;
    }
    for (int column : absent) {
      columns[column].addNull();
    }
    if (schema.open()) {
      rest.end(begun);
      ((BytesBuilder) columns[schema.rest()]).add(rest.bytes().array(), 0, rest.bytes().length());
    }
    out.endRow(start, line);
    return nextLine;
  }

  private void take(Cell cell) {
    int from = cursor.from();
    int to = cursor.to();
    if (cell.column() == Cell.DROPPED) {
      return;
    }
    boolean none = isNull(cell, from, to);
    if (cell.column() == Cell.KEPT) {
      byte[] name = cell.utf8();
      rest.name(name, 0, name.length);
      if (none) {
        rest.addNull();
      } else {
        rest.addText(cursor.array(), from, to - from);
      }
      return;
    }
    ColumnBuilder column = columns[cell.column()];
    if (none && cell.optional()) {
      column.addNull();
    } else if (none || !cell.reader().read(cursor.array(), from, to, column)) {
      fail(
          ProblemCode.D104,
          "`"
              + cell.name()
              + "` "
              + cell.reader().expected()
              + ", not "
              + (none ? "null" : Shown.of(cursor.array(), from, to)));
    }
  }

  private boolean isNull(Cell cell, int from, int to) {
    if (from == to) {
      if (cursor.quoted()) {
        return dialect.quotedEmptyIsNull() && cell.column() >= 0 && cell.optional();
      }
      boolean byDefault = !hasNullText || !cell.text();
      return byDefault ? cell.column() >= 0 && cell.optional() : nullText.length == 0;
    }
    return hasNullText
        && !cursor.quoted()
        && Arrays.equals(cursor.array(), from, to, nullText, 0, nullText.length);
  }

  // What is wrong with the record as a whole is said before what is wrong with a value.
  private void checkShape(int count, int expected, int start, int next) {
    String quotes = cursor.problem();
    if (next - start > decoding.maxRecord()) {
      wrong = ProblemCode.D107;
      complaint = TooLong.message(decoding.maxRecord());
    } else if (quotes != null) {
      wrong = ProblemCode.D101;
      complaint = quotes;
    } else if (count != expected) {
      wrong = ProblemCode.D106;
      complaint = "expected " + expected + " cells, got " + count;
    }
  }

  private void checkClean(byte[] bytes, int start, int end) {
    int unclean = ByteScan.unclean(bytes, start, end);
    if (unclean >= 0) {
      wrong = null;
      fail(ProblemCode.D102, ByteScan.complaint(bytes, unclean, start));
    }
  }

  private void fail(ProblemCode code, String message) {
    if (wrong == null) {
      wrong = code;
      complaint = message;
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "csv to %s", decoding.schema());
  }
}
