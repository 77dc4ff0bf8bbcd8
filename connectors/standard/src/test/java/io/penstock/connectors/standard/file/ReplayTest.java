package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.connectors.standard.Read;
import io.penstock.connectors.standard.csv.CsvConfig;
import io.penstock.connectors.standard.csv.Header;
import io.penstock.connectors.standard.json.JsonConfig;
import io.penstock.connectors.standard.text.TextConfig;
import io.penstock.testkit.SourceLaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Schema ROWS =
      Schema.of(Field.of("k", DataType.INT), new Field("t", new ValueType(DataType.STRING, true)));
  private static final FormatConfig CSV =
      new CsvConfig(",", Header.TRUE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false);
  private static final FormatConfig BARE =
      new CsvConfig(",", Header.FALSE, "\"", Optional.empty(), CsvConfig.QuotedEmpty.EMPTY, false);
  private static final FormatConfig LINES =
      new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE);
  private static final FormatConfig ARRAY =
      new JsonConfig(JsonConfig.Layout.ARRAY, JsonConfig.Nulls.WRITE);

  private FolderDisk disk = new FolderDisk(Path.of(""));

  @BeforeEach
  void openDisk(@TempDir Path folder) {
    disk = new FolderDisk(folder);
  }

  @Test
  void quotedCsvIsReadOnFromEveryPosition() throws IOException {
    put("a", ".csv", csv(1));
    put("b", ".csv", csv(2));

    List<String> rows = law("*.csv", CSV, ROWS);

    assertEquals(121, rows.size());
    assertTrue(
        rows.contains("bad D104 line 11: `k` must be a whole number of 64 bits, not `x6`"),
        rows.toString());
    assertEquals("2: {\"k\":0,\"t\":\"a\\n\\\"b\\\", 0\"}", rows.get(0));
  }

  @Test
  void csvWithoutNamesIsReadOnFromEveryPosition() throws IOException {
    put("a", ".csv", csv(1).replaceFirst("k,t\n", ""));

    assertEquals(60, law("a.csv", BARE, Schema.anything()).size());
  }

  @Test
  void packedFilesAreReadOnFromEveryPosition() throws IOException {
    disk.put("a.csv.gz", gzip(csv(1)));
    disk.put("b.csv.gz", gzip(csv(2)));

    assertEquals(121, law("*.csv.gz", CSV, ROWS).size());
  }

  @Test
  void jsonIsReadOnFromEveryPosition() throws IOException {
    StringBuilder lines = new StringBuilder();
    StringBuilder array = new StringBuilder("[\n");
    for (int i = 0; i < 40; i++) {
      String row = "{\"k\":" + (i == 7 ? "\"x\"" : i) + ",\"t\":\"[{,\\\"é" + i + "\"}";
      lines.append(row).append(i == 9 ? "\n\n" : "\n");
      array.append(i == 0 ? "" : ",\n").append(row);
    }
    disk.put("a.jsonl", lines.toString());
    disk.put("b.jsonl", lines + "{\"k\":99}");
    disk.put("a.json", array + "]\n");

    assertEquals(81, law("*.jsonl", LINES, ROWS).size());
    assertEquals(40, law("a.json", ARRAY, ROWS).size());
  }

  @Test
  void recordsThatAreTooLongAreReportedOnce() throws IOException {
    disk.put("a.jsonl", "{\"k\":1}\n{\"k\":2,\"t\":\"" + "x".repeat(3000) + "\"}\n{\"k\":3}\n");

    List<String> rows = law("a.jsonl", LINES, ROWS);

    assertEquals(3, rows.size());
    assertTrue(rows.get(1).startsWith("bad D107 line 2"), rows.toString());
  }

  @Test
  void textOfSeveralLinesIsReadOnFromEveryPosition() throws IOException {
    TextConfig text =
        new TextConfig(
            Optional.of("^\\d"), Optional.empty(), Optional.empty(), 1000, Optional.empty());
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      log.append(i).append(" begins\n").append("  goes on\n".repeat(i % 3));
    }
    disk.put("a.log", log.toString());

    Schema schema = text.format().traits().ownSchema().orElseThrow();
    assertEquals(50, law("a.log", text, schema).size());
  }

  @Test
  void otherCharactersAreReadOnFromEveryPosition() throws IOException {
    disk.put("a.csv", csv(1).replace("é", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    FileSourceConfig latin = config("a.csv", FileSourceConfig.Charset.ISO_8859_1);

    assertEquals(60, law(latin, CSV, ROWS).size());
  }

  @Test
  void saysHowAFileDiffersFromTheOneRead() throws IOException {
    disk.put("a.csv", csv(1));
    Position inside = after("a.csv", 3);

    disk.put("a.csv", "k,t\n1,a\n");
    assertEquals(
        "R201 `a.csv` has 8 bytes, and reading stopped behind byte " + inside.offset(),
        stopped("a.csv", inside));
    disk.put("a.csv", csv(1).replace("b", "c"));
    String other = stopped("a.csv", inside);
    assertTrue(
        other.matches(
            "R201 `a.csv` is another file than the one read so far: the checksum before byte "
                + inside.offset()
                + " was [0-9a-f]{8} and is [0-9a-f]{8}"),
        other);
    disk.delete(disk.resolve("a.csv"));
    disk.put("b.csv", "k,t\n");
    assertEquals(
        "R201 `a.csv`, in which reading stopped at byte " + inside.offset() + ", is gone",
        stopped("*.csv", inside));
  }

  @Test
  void saysWhatHasChangedSinceEverythingWasRead() throws IOException {
    disk.put("a.csv", csv(1));
    disk.put("b.csv", csv(2));
    Position end = after("*.csv", 1000);

    assertEquals(List.of(), changes("*.csv", end));
    disk.put("b.csv", csv(2) + "9,z\n");
    disk.put("c.csv", csv(1));
    disk.delete(disk.resolve("a.csv"));

    int size = csv(2).length() + csv(2).split("é", -1).length - 1;
    assertEquals(
        List.of(
            "R107 `b.csv` has changed since it was read: it had "
                + size
                + " bytes and has "
                + (size + 4),
            "R107 `c.csv` is new",
            "R107 `a.csv`, which was read, is gone"),
        changes("*.csv", end));
  }

  @Test
  void countsWhatIsReadOnceMore() throws IOException {
    disk.put("a.csv.gz", gzip(csv(1)));
    Position inside = after("a.csv.gz", 3);
    Source source = open(config("a.csv.gz", FileSourceConfig.Charset.UTF_8));
    try (Reader reader = source.reader(context(CSV))) {
      reader.assign(new Split("files"), inside, Bound.NONE);

      assertEquals(inside.offset(), reader.passedOver());
      assertTrue(reader.passedOver() > 0);
    }
  }

  private static String csv(int seed) {
    StringBuilder text = new StringBuilder("k,t\n");
    for (int i = 0; i < 59 + seed; i++) {
      String k = i == 6 * seed ? "x" + i : Integer.toString(i);
      text.append(i % 3 == 0 && i != 6 ? i : k).append(',');
      text.append(i % 2 == 0 ? "\"a\n\"\"b\"\", " + i + "\"" : "é" + i).append('\n');
    }
    return text.toString();
  }

  private void put(String name, String end, String text) throws IOException {
    disk.put(name + end, text);
  }

  private List<String> changes(String path, Position end) throws IOException {
    Source source = open(config(path, FileSourceConfig.Charset.UTF_8));
    return source
        .discover(List.of(new SplitState(new Split("files"), end, true)))
        .problems()
        .stream()
        .map(ReplayTest::shown)
        .toList();
  }

  private static String shown(Problem problem) {
    return problem.code() + " " + problem.message();
  }

  private Position after(String path, int steps) throws IOException {
    Source source = open(config(path, FileSourceConfig.Charset.UTF_8));
    try (Reader reader = source.reader(context(CSV))) {
      reader.assign(new Split("files"), Position.START, Bound.NONE);
      for (int i = 0; i < steps; i++) {
        reader.next(new Passing(), new Reader.Limits(100, 100), Duration.ZERO);
      }
      return reader.position(new Split("files"));
    }
  }

  private String stopped(String path, Position from) throws IOException {
    Source source = open(config(path, FileSourceConfig.Charset.UTF_8));
    try (Reader reader = source.reader(context(CSV))) {
      PipelineException thrown =
          assertThrows(
              PipelineException.class, () -> reader.assign(new Split("files"), from, Bound.NONE));
      return shown(thrown.problem());
    }
  }

  private List<String> law(String path, FormatConfig format, Schema schema) throws IOException {
    return law(config(path, FileSourceConfig.Charset.UTF_8), format, schema);
  }

  private List<String> law(FileSourceConfig config, FormatConfig format, Schema schema)
      throws IOException {
    Format.Decoding decoding = Format.Decoding.of(schema);
    SourceLaw law =
        new SourceLaw(
            () -> open(config),
            context(format),
            () -> Read.taker(format.format(), decoding),
            new Reader.Limits(100, 64));
    return law.check();
  }

  private ReaderContext context(FormatConfig format) {
    return new ReaderContext(disk, () -> format.format().splitter(1000), 1000);
  }

  private Source open(FileSourceConfig config) throws IOException {
    Source source = config.source();
    source.open(new SourceContext("orders", disk, disk, disk, 0, Set.of()));
    return source;
  }

  private static FileSourceConfig config(String path, FileSourceConfig.Charset charset) {
    return new FileSourceConfig(
        new OneOrMany<>(List.of(path)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        charset,
        DataSize.mebibytes(1),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }
}
