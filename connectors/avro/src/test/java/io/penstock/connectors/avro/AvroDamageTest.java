package io.penstock.connectors.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.json.ByteBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AvroDamageTest {
  private static final int HEADER = 1600;

  private static AvroConfig plain() {
    return AvroFileTest.config(Codec.NONE);
  }

  private static byte[] file(Codec codec) {
    return Orders.file(
        Orders.random(200, 3), Orders.schema(), CodecFactory.fromString(codec.avroName()), 700);
  }

  private static int headerEnd(byte[] file) {
    return FileHeader.read(file, 0, file.length).end();
  }

  private static Read read(byte[] bytes) {
    return Read.all(plain(), Schema.anything(), bytes);
  }

  /** A file of one field with these bytes as its one block. */
  private static byte[] one(String type, long count, Codec codec, byte[] block) {
    ByteBuilder out = new ByteBuilder(100);
    out.append(FileHeader.MAGIC);
    Binary.number(2, out);
    Binary.bytes("avro.schema".getBytes(StandardCharsets.UTF_8), out);
    String schema =
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"f\",\"type\":" + type + "}]}";
    Binary.bytes(schema.getBytes(StandardCharsets.UTF_8), out);
    Binary.bytes("avro.codec".getBytes(StandardCharsets.UTF_8), out);
    Binary.bytes(codec.avroName().getBytes(StandardCharsets.UTF_8), out);
    Binary.number(0, out);
    byte[] sync = new byte[FileHeader.SYNC];
    Arrays.fill(sync, (byte) 5);
    out.append(sync);
    Binary.number(count, out);
    Binary.bytes(block, out);
    out.append(sync);
    return out.toArray();
  }

  private static byte[] numbers(long... values) {
    ByteBuilder out = new ByteBuilder(16);
    for (long value : values) {
      Binary.number(value, out);
    }
    return out.toArray();
  }

  private static String only(Read read) {
    assertEquals(1, read.bad().size(), () -> String.join("\n", read.bad()));
    return read.bad().get(0);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void aBlockWithABrokenMarkerTakesNoOtherWithIt(Codec codec) {
    byte[] bytes = file(codec);
    List<String> rows = read(bytes).rows();
    int first = headerEnd(bytes);
    Frame second = frame(bytes, frame(bytes, first).end());
    byte[] broken = bytes.clone();
    broken[second.to() + 3] ^= 1;

    Read read = read(broken);

    assertTrue(
        read.bad().get(0).contains("the marker of the file does not stand behind a block"),
        read.bad().get(0));
    // The block whose marker is broken, and the one up to whose marker reading goes on.
    long lost = second.count() + frame(bytes, second.end()).count();
    assertEquals(rows.size() - lost, read.rows().size());
    assertTrue(rows.containsAll(read.rows()));
  }

  @Test
  void aBlockThatClaimsTooManyBytesIsLostAlone() {
    byte[] bytes = file(Codec.NONE);
    Frame first = frame(bytes, headerEnd(bytes));
    byte[] broken = bytes.clone();
    int size = headerEnd(bytes) + 1;
    broken[size] = (byte) (broken[size] ^ 0x40);

    Read read = read(broken);

    assertTrue(only(read).startsWith("D101 line 1: "), only(read));
    assertEquals(200 - first.count(), read.rows().size());
  }

  private static Frame frame(byte[] bytes, int at) {
    Optional<byte[]> sync = Optional.of(FileHeader.read(bytes, 0, bytes.length).sync());
    return Frame.at(bytes, at, bytes.length, sync, 1 << 20).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void aFileCutAnywhereGivesItsWholeBlocksAndTells(Codec codec) {
    byte[] bytes = file(codec);
    List<String> rows = read(bytes).rows();
    Set<Integer> ends = new HashSet<>();
    for (int at = headerEnd(bytes); at < bytes.length; at = frame(bytes, at).end()) {
      ends.add(at);
    }
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int length = headerEnd(bytes) + random.nextInt(bytes.length - headerEnd(bytes));
      Read read = read(Arrays.copyOf(bytes, length));
      assertEquals(rows.subList(0, read.rows().size()), read.rows());
      assertEquals(ends.contains(length) ? 0 : 1, read.bad().size(), "cut at " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void bytesThatChangeNeverStopTheReading(Codec codec) {
    byte[] bytes = file(codec);
    Random random = new Random(11);
    int rows = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] broken = bytes.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = round % 3 == 0 ? random.nextInt(HEADER) : random.nextInt(bytes.length);
        broken[at] = (byte) random.nextInt();
      }
      Read read =
          Read.blocks(
              plain().format(),
              Format.Decoding.of(Schema.anything()),
              broken,
              1 + random.nextInt(bytes.length),
              1 + random.nextInt(300));
      rows += read.rows().size();
      assertTrue(read.rows().size() == 200 || !read.bad().isEmpty(), "round " + round);
    }
    assertTrue(rows > 200_000, "most rows are still read, not " + rows);
  }

  @Test
  void blocksThatUnpackToNoEndAreRefused() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, true);
    byte[] zeros = new byte[1 << 20];
    byte[] into = new byte[1 << 16];
    for (int i = 0; i < 100; i++) {
      deflater.setInput(zeros);
      for (int count = deflater.deflate(into); count > 0; count = deflater.deflate(into)) {
        packed.write(into, 0, count);
      }
    }
    deflater.end();
    byte[] zstd = com.github.luben.zstd.Zstd.compress(new byte[100 << 20], 3);
    byte[] snappy = Codec.SNAPPY.pack(new byte[100 << 20], 100 << 20);

    for (byte[] file :
        List.of(
            one("\"bytes\"", 1, Codec.DEFLATE, packed.toByteArray()),
            one("\"bytes\"", 1, Codec.ZSTD, zstd),
            one("\"bytes\"", 1, Codec.SNAPPY, snappy))) {
      assertEquals(
          "D107 line 1: the block unpacks to more than 67108864 bytes, four times `max_record`;"
              + " its record is lost",
          only(read(file)));
    }
  }

  @Test
  void numbersThatPromiseMoreThanThereIsAreRefusedAtOnce() {
    String nulls = "{\"type\":\"array\",\"items\":\"null\"}";
    assertEquals(
        "D107 line 1: a list says that it has 1099511627776 elements, at byte 6 of the record",
        only(read(one(nulls, 1, Codec.NONE, numbers(1L << 40, 0)))));
    assertEquals(
        "D101 line 1: a value of 1099511627776 bytes is cut off, at byte 6 of the record",
        only(read(one("\"string\"", 1, Codec.NONE, numbers(1L << 40)))));
    assertEquals(
        "D101 line 1: a length is -1, at byte 1 of the record",
        only(read(one("\"bytes\"", 1, Codec.NONE, numbers(-1)))));
    assertEquals(
        "D101 line 1: the branch 2 is named, and there are 2, at byte 1 of the record",
        only(read(one("[\"null\",\"int\"]", 1, Codec.NONE, numbers(2)))));
    assertEquals(
        "D101 line 1: an int is 4294967296, which has more than 32 bits, at byte 5 of the record",
        only(read(one("\"int\"", 1, Codec.NONE, numbers(1L << 32)))));
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) -1);
    assertEquals(
        "D101 line 1: a number has more than 64 bits, at byte 10 of the record",
        only(read(one("\"long\"", 1, Codec.NONE, endless))));
    assertEquals(
        "D101 line 1: a boolean is 2, not 0 or 1, at byte 1 of the record",
        only(read(one("\"boolean\"", 1, Codec.NONE, new byte[] {2}))));
    assertEquals(
        "D101 line 2: behind the last record of a block are 1 bytes more",
        only(read(one("\"long\"", 1, Codec.NONE, numbers(1, 2)))));
    assertEquals(
        "D101 line 3: a number is cut off, at byte 0 of the record; the 7 behind it in its block"
            + " are lost",
        only(read(one("\"long\"", 10, Codec.NONE, numbers(1, 2)))));
  }

  @Test
  void recordsInsideThemselvesHaveADepth() {
    String list =
        "[\"null\",{\"type\":\"record\",\"name\":\"n\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"n\"]}]}]";
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 2);
    deep[deep.length - 1] = 0;

    assertEquals(
        "D107 line 1: its records are nested deeper than 100",
        only(read(one(list, 1, Codec.NONE, deep))));
    assertEquals(
        List.of("{\"f\":{\"next\":{\"next\":null}}}"),
        read(one(list, 1, Codec.NONE, new byte[] {2, 2, 0})).rows());
  }

  @Test
  void textsThatAreNoneAndKeysThatStandTwiceAreToldAndTheNextRecordIsRead() {
    byte[] texts = {2, 'a', 2, (byte) 0xff, 2, 'b'};
    Read read =
        Read.all(
            plain(),
            Schema.of(Field.of("f", DataType.STRING)),
            one("\"string\"", 3, Codec.NONE, texts));
    assertEquals("D102 line 2: `f` has malformed UTF-8: byte 0xff", only(read));
    assertEquals(List.of("{\"f\":\"a\"}", "{\"f\":\"b\"}"), read.rows());

    byte[] twice = {4, 2, 'k', 2, 2, 'k', 4, 0};
    assertEquals(
        "D109 line 1: a key of `f` stands there twice",
        only(read(one("{\"type\":\"map\",\"values\":\"int\"}", 1, Codec.NONE, twice))));
  }

  @Test
  void whatTheHeaderSaysIsNotTrusted() {
    assertEquals(
        "D101 line 1: the blocks of the file are packed with `bzip2`; null, deflate, snappy and"
            + " zstandard are read; nothing of it is read",
        only(
            read(
                new String(one("\"int\"", 1, Codec.NONE, numbers(1)), StandardCharsets.ISO_8859_1)
                    .replace("\u0008null", "\nbzip2")
                    .getBytes(StandardCharsets.ISO_8859_1))));
    // A class named by a schema is never loaded: the generic model alone is used.
    String evil = "{\"type\":\"string\",\"java-class\":\"javax.script.ScriptEngineManager\"}";
    assertEquals(
        List.of("{\"f\":\"x\"}"), read(one(evil, 1, Codec.NONE, new byte[] {2, 'x'})).rows());
    String wrong = only(read(one("\"what\"", 1, Codec.NONE, numbers(1))));
    assertTrue(wrong.startsWith("D101 line 1: the schema cannot be read: "), wrong);
    assertTrue(only(read(one("[".repeat(5000), 1, Codec.NONE, numbers(1)))).startsWith("D101"));
  }
}
