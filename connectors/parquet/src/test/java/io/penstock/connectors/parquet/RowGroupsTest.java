package io.penstock.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.FileParts;
import io.penstock.api.format.Format;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.connectors.standard.file.FileSourceConfig;
import io.penstock.testkit.ManualClock;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are read group of rows by group of rows. */
final class RowGroupsTest {
  private static final Schema ROWS = Orders.SCHEMA;
  private static final int MANY = 9000;

  private static Format small(Codec codec) {
    return new ParquetConfig(codec, new DataSize(100 << 10)).format();
  }

  private static FileParts parts(Format.Decoding decoding, byte[] file) throws IOException {
    return small(Codec.NONE).parts(decoding).orElseThrow().of(new Read.AnyPlace(file));
  }

  private static Format.Decoding using(Schema schema, String... fields) {
    Format.Decoding all = Format.Decoding.of(schema);
    Set<FieldPath> used = Set.copyOf(Arrays.stream(fields).map(FieldPath::of).toList());
    return new Format.Decoding(
        schema, used, false, all.unknownFields(), all.types(), all.maxRecord());
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void groupsGiveTheRowsOfTheWholeFile(Codec codec) throws IOException {
    Read rows = Orders.lines(MANY);
    byte[] file = Read.written(small(codec), ROWS, rows.batches());

    Read groups = Read.groups(small(codec), Format.Decoding.of(ROWS), file, 1000);

    assertTrue(parts(Format.Decoding.of(ROWS), file).all().size() > 4);
    assertEquals(List.of(), groups.bad());
    assertEquals(rows.rows(), groups.rows());
    Read whole = Read.blocks(small(codec), Format.Decoding.of(ROWS), file, 1 << 20, 1000);
    assertEquals(whole.lines(), groups.lines());
    assertEquals((long) MANY, groups.lines().get(MANY - 1));
  }

  @Test
  void onlyColumnsThatAreUsedAreRead() throws IOException {
    byte[] file = Read.written(small(Codec.NONE), ROWS, Orders.lines(MANY).batches());
    Schema two = Schema.of(Field.of("id", DataType.INT), Field.of("paid", DataType.BOOLEAN));

    FileParts part = parts(using(two, "paid"), file);

    long read = 0;
    for (FileParts.Part group : part.all()) {
      read += part.bytes(group).length;
    }
    assertTrue(read < file.length / 20, read + " of " + file.length);
    Read rows = Read.groups(small(Codec.NONE), using(two, "paid"), file, 100);
    assertEquals(MANY, rows.rows().size());
    assertEquals(List.of(), rows.bad());
  }

  private static final String NUMBERED =
      "select case when i %% 10 = 0 then null else i end as id, i::double as rate, timestamp"
          + " '2026-01-01' + interval (i) second as \"at\", date '2026-01-01' + (i // 1000)::int as"
          + " day, i::uinteger as unsigned, 'n' || i as name, case when i < 5000 then null else 1"
          + " end as late from range(10000) t(i)";

  private static List<Long> groups(byte[] file, Schema schema, Format.Within... within)
      throws IOException {
    return parts(Format.Decoding.of(schema).within(List.of(within)), file).all().stream()
        .map(FileParts.Part::firstRow)
        .toList();
  }

  @Test
  void groupsWithoutAWantedRowAreLeftOut(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("numbered.parquet");
    DuckDb.asked(
        "copy (%s) to '%s' (format parquet, row_group_size 2048)"
            .formatted(NUMBERED.replace("%%", "%"), path));
    byte[] file = Files.readAllBytes(path);
    Schema sound =
        Schema.of(
            Field.optional("id", DataType.INT),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("day", DataType.DATE),
            Field.optional("late", DataType.INT),
            Field.of("unsigned", DataType.INT),
            Field.optional("gone", DataType.INT),
            Field.optional("rate", DataType.DOUBLE));

    long most = Long.MAX_VALUE;
    assertEquals(List.of(0L, 2048L, 4096L, 6144L, 8192L), groups(file, sound));
    assertEquals(List.of(8192L), groups(file, sound, new Format.Within("id", 8192, most)));
    assertEquals(List.of(6144L, 8192L), groups(file, sound, new Format.Within("id", 8191, most)));
    assertEquals(List.of(2048L), groups(file, sound, new Format.Within("id", 3001, 3001)));
    assertEquals(List.of(), groups(file, sound, new Format.Within("id", 20_000, most)));
    long noon = java.time.Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
    assertEquals(
        List.of(0L), groups(file, sound, new Format.Within("at", 0, noon + 2_047_000_000L)));
    assertEquals(
        List.of(0L, 2048L, 4096L),
        groups(file, sound, new Format.Within("day", 0, noon / 86_400_000_000L + 5)));
    assertEquals(
        List.of(4096L, 6144L, 8192L), groups(file, sound, new Format.Within("late", 1, 1)));
    // These may not be left out: texts may be malformed, and numbers without a sign compare
    // otherwise.
    assertEquals(5, groups(file, sound, new Format.Within("unsigned", 20_000, most)).size());
    assertEquals(5, groups(file, sound, new Format.Within("gone", 1, 1)).size());
    Schema text =
        Schema.of(Field.optional("id", DataType.INT), Field.optional("name", DataType.STRING));
    assertEquals(5, groups(file, text, new Format.Within("id", 20_000, most)).size());
    Schema required = Schema.of(Field.of("id", DataType.INT));
    assertEquals(5, groups(file, required, new Format.Within("id", 20_000, most)).size());
  }

  @Test
  void whatIsWrongWithAFileIsToldOnce() {
    byte[] file = Read.written(small(Codec.SNAPPY), ROWS, Orders.lines(MANY).batches());

    assertEquals(
        List.of("D103 line 1: `gone` is missing; nothing of the file is read"),
        Read.groups(
                small(Codec.NONE),
                Format.Decoding.of(Schema.of(Field.of("gone", DataType.INT))),
                file,
                100)
            .bad());
    for (byte[] broken :
        List.of(
            new byte[0],
            Arrays.copyOf(file, 7),
            Arrays.copyOf(file, file.length - 3),
            Arrays.copyOfRange(file, 1, file.length))) {
      List<String> whole =
          Read.blocks(small(Codec.NONE), Format.Decoding.of(ROWS), broken, 1 << 20, 100).bad();
      assertEquals(1, whole.size());
      assertEquals(
          whole, Read.groups(small(Codec.NONE), Format.Decoding.of(ROWS), broken, 100).bad());
    }
  }

  @Test
  void aGroupThatIsDamagedTakesNoOtherWithIt() throws IOException {
    Read rows = Orders.lines(MANY);
    byte[] file = Read.written(small(Codec.SNAPPY), ROWS, rows.batches());
    List<FileParts.Part> groups = parts(Format.Decoding.of(ROWS), file).all();
    byte[] broken = file.clone();
    int inSecond = (int) (groups.get(0).end() + 200);
    Arrays.fill(broken, inSecond, inSecond + 50, (byte) 0x55);

    Read read = Read.groups(small(Codec.NONE), Format.Decoding.of(ROWS), broken, 100);

    assertEquals(1, read.bad().size());
    assertTrue(read.bad().get(0).endsWith(" rows are lost"), read.bad().get(0));
    long lost = groups.get(2).firstRow() - groups.get(1).firstRow();
    assertEquals(MANY - lost, read.rows().size());
    assertEquals(rows.rows().get(MANY - 1), read.rows().get(read.rows().size() - 1));
  }

  @Test
  void bytesThatChangeNeverStopTheReading() {
    Read rows = Orders.lines(400);
    byte[] file = Read.written(small(Codec.SNAPPY), ROWS, rows.batches());
    Random random = new Random(5);
    int noticed = 0;
    for (int round = 0; round < 300; round++) {
      byte[] broken = file.clone();
      // Half of them near the end, where the footer is.
      int from = round % 2 == 0 ? 0 : file.length - 1500;
      broken[from + random.nextInt(file.length - from)] ^= (byte) (1 << random.nextInt(8));
      Read read = Read.groups(small(Codec.NONE), Format.Decoding.of(ROWS), broken, 1000);
      noticed += read.bad().isEmpty() ? 0 : 1;
    }
    assertTrue(noticed > 100, "damage is noticed, not " + noticed);
  }

  @Test
  void readingGoesOnBetweenTwoGroups() throws IOException {
    Read rows = Orders.lines(MANY);
    Folder disk = new Folder(new MemoryDisk());
    disk.put("a.parquet", Read.written(small(Codec.ZSTD), ROWS, rows.batches()));
    disk.put("b.parquet", Read.written(small(Codec.ZSTD), ROWS, Orders.lines(300).batches()));

    for (int steps : List.of(0, 1, 3, 100)) {
      Source source = open(disk);
      Split split = source.discover(List.of()).added().get(0);
      List<Long> read = new ArrayList<>();
      Position at;
      try (Reader first = reader(source, split, Position.START)) {
        take(first, read, steps);
        at = first.position(split);
      }
      try (Reader second = reader(source, split, at)) {
        take(second, read, Integer.MAX_VALUE);
        assertEquals(0, second.passedOver());
      }
      List<Long> begins = new ArrayList<>(read);
      List<Long> sorted = read.subList(0, read.size() - 1).stream().sorted().distinct().toList();
      assertEquals(sorted, begins.subList(0, begins.size() - 1));
      assertEquals(0L, begins.get(begins.size() - 1));
    }
  }

  @Test
  void aFileThatWasReplacedIsNotReadOn() throws IOException {
    Folder disk = new Folder(new MemoryDisk());
    disk.put("a.parquet", Read.written(small(Codec.ZSTD), ROWS, Orders.lines(MANY).batches()));
    Source source = open(disk);
    Split split = source.discover(List.of()).added().get(0);
    Position at;
    try (Reader first = reader(source, split, Position.START)) {
      take(first, new ArrayList<>(), 2);
      at = first.position(split);
    }
    disk.put("a.parquet", Read.written(small(Codec.ZSTD), ROWS, Orders.lines(8000).batches()));

    PipelineException thrown =
        assertThrows(PipelineException.class, () -> reader(source, split, at));

    assertEquals(ProblemCode.R201, thrown.problem().code());
    assertTrue(
        thrown.problem().message().contains("the checksum of its footer was"),
        thrown.problem().message());
  }

  private static void take(Reader reader, List<Long> firstRows, int steps) throws IOException {
    Blocks out = new Blocks(firstRows);
    for (int i = 0; i < steps; i++) {
      if (reader.next(out, new Reader.Limits(100, 1 << 20), Duration.ZERO) != Reader.Step.MORE) {
        return;
      }
    }
  }

  private static Source open(Folder folder) throws IOException {
    FileSourceConfig config =
        new FileSourceConfig(
            new OneOrMany<>(List.of("*.parquet")),
            List.of(),
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
    Source source = config.source();
    source.open(
        new SourceContext("orders", folder.disk(), folder, new ManualClock(0), 0, Set.of()));
    return source;
  }

  private static Reader reader(Source source, Split split, Position from) throws IOException {
    Format format = small(Codec.NONE);
    Reader reader =
        source.reader(
            new ReaderContext(
                new ManualClock(0),
                () -> format.splitter(1 << 20),
                () -> {
                  throw new IllegalStateException("nothing is looked at");
                },
                1 << 20,
                format.parts(Format.Decoding.of(ROWS)),
                Duration.ZERO));
    reader.assign(split, from, Bound.NONE);
    return reader;
  }
}
