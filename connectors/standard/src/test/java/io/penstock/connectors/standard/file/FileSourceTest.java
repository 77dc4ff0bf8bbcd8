package io.penstock.connectors.standard.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.format.Format;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.json.JsonConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSourceTest {
  private Path root = Path.of("");
  private FolderDisk disk = new FolderDisk(root);

  @BeforeEach
  void openDisk(@TempDir Path folder) {
    root = folder;
    disk = new FolderDisk(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.csv     | a.csv b.csv
          ?.csv     | a.csv b.csv
          [b-z].csv | b.csv
          [!b].csv  | a.csv
          {a,z}.csv | a.csv
          **/*.csv  | a.csv b.csv d/c.csv d/e/f.csv
          d/**      | d/c.csv d/e/f.csv
          */*.csv   | d/c.csv
          a.csv     | a.csv
          .h*       | .hidden.csv
          """)
  void findsFilesByPattern(String pattern, String found) throws IOException {
    for (String name :
        List.of(
            "b.csv", "a.csv", "d/c.csv", "d/e/f.csv", ".hidden.csv", "x.txt", "_manifest.json")) {
      if (!name.endsWith(".txt")) {
        disk.put(name, "1\n");
      }
    }

    List<String> read = read(config(List.of(pattern), List.of())).files;

    assertEquals(found, String.join(" ", read));
  }

  @Test
  void leavesOutWhatIsExcludedAndReadsNoFileTwice() throws IOException {
    disk.put("a.csv", "1\n");
    disk.put("b.csv", "2\n");
    disk.put("old/c.csv", "3\n");

    List<String> read = read(config(List.of("b.csv", "**/*.csv"), List.of("old/*", "a.*"))).files;

    assertEquals(List.of("b.csv"), read);
  }

  @Test
  void cutsBlocksAtRecordsAndCountsLines() throws IOException {
    disk.put("a.jsonl", "{\"a\":1}\n\n{\"a\":22222222}\n{\"a\":3}");

    Collected out = read(config(List.of("a.jsonl"), List.of()), 9);

    assertEquals(List.of("1@0#0 {\"a\":1}\n\n", "3@9#1 {\"a\":22222222}\n{\"a\":3}"), out.blocks);
  }

  @Test
  void readsPackedFilesOfSeveralMembers() throws IOException {
    byte[] two = concat(gzip("{\"a\":1}\n"), gzip("{\"a\":2}\n"));
    disk.put("a.jsonl.gz", two);
    disk.put("b.jsonl.zst", concat(zstd("{\"a\":3}\n"), zstd("{\"a\":4}\n")));

    assertEquals("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n{\"a\":4}\n", read("*.jsonl.*").text());
  }

  @Test
  void reportsDamagedGzipAndReadsTheNextFile() throws IOException {
    byte[] good = gzip("{\"a\":1}\n{\"a\":2}");
    byte[] wrongChecksum = good.clone();
    wrongChecksum[good.length - 6] ^= 1;
    disk.put("a.jsonl.gz", Arrays.copyOf(good, good.length - 9));
    disk.put("b.jsonl.gz", wrongChecksum);
    disk.put("c.jsonl.gz", concat(good, new byte[] {1, 2, 3}));
    disk.put("d.jsonl.gz", "{}");
    disk.put("e.jsonl", "{\"a\":5}\n");

    Collected out = read("*");

    assertEquals(
        List.of(
            "D108 line 2: the file is cut off",
            "D108 line 2: the checksum is wrong",
            "D108 line 2: something follows that is no gzip",
            "D108 line 1: the file is no gzip"),
        out.bad);
    assertEquals("{\"a\":1}\n{\"a\":1}\n{\"a\":1}\n{\"a\":5}\n", out.text());
  }

  @Test
  void reportsDamagedZstd() throws IOException {
    byte[] good = zstd("{\"a\":1}\n".repeat(100));
    disk.put("a.jsonl.zst", Arrays.copyOf(good, good.length - 3));
    disk.put("b.jsonl.zst", concat(good, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));

    List<String> bad = read("*").bad;

    assertEquals(2, bad.size());
  }

  @Test
  void stopsAtAFileThatUnpacksWithoutEnd() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    Arrays.fill(zeros, (byte) '\n');
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 80; i++) {
        gzip.write(zeros);
      }
    }
    disk.put("a.jsonl.gz", packed.toByteArray());

    assertEquals(
        List.of("the compressed bytes unpack to more than 1000 times their size"),
        read("*").bad.stream().map(b -> b.replaceAll("^.*: ", "")).toList());
  }

  @Test
  void readsOtherEncodings() throws IOException {
    disk.put("a.jsonl", "\"€é\"\n".getBytes(Charset.forName("windows-1252")));
    FileSourceConfig config =
        new FileSourceConfig(
            new OneOrMany<>(List.of("a.jsonl")),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            FileSourceConfig.Charset.WINDOWS_1252,
            DataSize.mebibytes(1),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertEquals("\"€é\"\n", read(config, 1 << 20).text());
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    disk.put("a.jsonl", "1\n2\n");
    disk.put("b.jsonl", "3\n4\n5\n");
    Source source = open(config(List.of("*.jsonl"), List.of()));
    Split split = source.discover(List.of()).added().get(0);
    Reader first = reader(source, split, Position.START);
    Collected before = new Collected();
    for (int i = 0; i < 4; i++) {
      first.next(before, new Reader.Limits(1, 2), Duration.ZERO);
    }

    Reader second = reader(source, split, first.position(split));
    Collected after = new Collected();
    while (second.next(after, new Reader.Limits(1, 2), Duration.ZERO) == Reader.Step.MORE) {
      // Everything that is left.
    }

    assertEquals("1\n2\n3\n4\n5\n", before.text() + after.text());
  }

  @Test
  void namesWhatCannotBeRead() throws IOException {
    disk.put("d/a.csv", "1\n");

    assertProblem(ProblemCode.R204, "no file matches `*.csv`", "*.csv");
    assertProblem(ProblemCode.R204, "there is no file `b.csv`", "b.csv");
    assertProblem(ProblemCode.R205, "`d` is a directory, not a file", "d");
  }

  private void assertProblem(ProblemCode code, String message, String path) {
    PipelineException thrown = assertThrows(PipelineException.class, () -> read(path));

    assertEquals(code, thrown.problem().code());
    assertEquals(message, thrown.problem().message());
  }

  private static FileSourceConfig config(List<String> path, List<String> exclude) {
    return new FileSourceConfig(
        new OneOrMany<>(path),
        exclude,
        Optional.empty(),
        Optional.empty(),
        FileSourceConfig.Charset.UTF_8,
        DataSize.mebibytes(1),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Collected read(String path) throws IOException {
    return read(config(List.of(path), List.of()));
  }

  private Collected read(FileSourceConfig config) throws IOException {
    return read(config, 1 << 20);
  }

  private Collected read(FileSourceConfig config, int bytes) throws IOException {
    Source source = open(config);
    Split split = source.discover(List.of()).added().get(0);
    Collected out = new Collected();
    try (Reader reader = reader(source, split, Position.START)) {
      while (reader.next(out, new Reader.Limits(100, bytes), Duration.ZERO) == Reader.Step.MORE) {
        // Everything.
      }
    }
    return out;
  }

  private Source open(FileSourceConfig config) throws IOException {
    Source source = config.source();
    source.open(new SourceContext("orders", disk, disk, disk, 0, Set.of()));
    return source;
  }

  private Reader reader(Source source, Split split, Position from) throws IOException {
    Format lines = new JsonConfig(JsonConfig.Layout.LINES, JsonConfig.Nulls.WRITE).format();
    Reader reader = source.reader(new ReaderContext(disk, () -> lines.splitter(1 << 20), 1 << 20));
    reader.assign(split, from, Bound.NONE);
    return reader;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static byte[] zstd(String text) {
    return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** What was handed on. */
  private static final class Collected implements Out {
    private final List<String> files = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();

    String text() {
      StringBuilder text = new StringBuilder();
      blocks.forEach(block -> text.append(block.substring(block.indexOf(' ') + 1)));
      return text.toString();
    }

    @Override
    public void block(Block block) {
      if (!files.contains(block.split())) {
        files.add(block.split());
      }
      String text =
          new String(
              block.bytes(), block.from(), block.to() - block.from(), StandardCharsets.UTF_8);
      blocks.add(
          block.lines().first() + "@" + block.position() + "#" + block.sequence() + " " + text);
    }

    @Override
    public void rows(Batch batch) {
      throw new AssertionError("rows of a file");
    }

    @Override
    public void bad(
        Split split,
        long position,
        long line,
        byte[] raw,
        long rawBytes,
        ProblemCode code,
        String message) {
      bad.add(code + " line " + line + ": " + message);
    }
  }
}
