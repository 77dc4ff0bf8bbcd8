package io.penstock.connectors.avro;

import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file begins with.
 *
 * @param end where its first block begins
 * @param values what it says, by name
 * @param sync the sixteen bytes behind each block
 */
record FileHeader(int end, Map<String, byte[]> values, byte[] sync) {
  static final byte[] MAGIC = {'O', 'b', 'j', 1};
  static final int SYNC = 16;

  static final String SCHEMA = "avro.schema";
  static final String CODEC = "avro.codec";

  /** Reads it; what is thrown where it is cut off says so. */
  static FileHeader read(byte[] bytes, int from, int to) {
    int known = Math.min(MAGIC.length, to - from);
    if (!Arrays.equals(bytes, from, from + known, MAGIC, 0, known)) {
      throw new BadDatum(
          ProblemCode.D101,
          "the file is no Avro container: it does not begin with `Obj` and the byte 1");
    }
    if (known < MAGIC.length) {
      throw BadDatum.cutOff(
          known == 0 ? "the file is empty, and so no Avro container" : "the header is cut off");
    }
    Cursor in = new Cursor();
    in.reset(bytes, from + MAGIC.length, to);
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (long left = in.readCount(); left != 0; left = in.readCount()) {
      for (long i = 0; i < left; i++) {
        int key = in.take(in.readLength());
        String name = new String(bytes, key, in.at() - key, StandardCharsets.UTF_8);
        int value = in.take(in.readLength());
        values.put(name, Arrays.copyOfRange(bytes, value, in.at()));
      }
    }
    int sync = in.take(SYNC);
    return new FileHeader(in.at(), values, Arrays.copyOfRange(bytes, sync, sync + SYNC));
  }

  /** The schema's text. */
  String schema() {
    return text(SCHEMA)
        .orElseThrow(() -> new BadDatum(ProblemCode.D101, "the header of the file has no schema"));
  }

  /** How blocks are packed. */
  Codec codec() {
    String name = text(CODEC).orElse(Codec.NONE.avroName());
    return Codec.named(name)
        .orElseThrow(
            () ->
                new BadDatum(
                    ProblemCode.D101,
                    "the blocks of the file are packed with `"
                        + Values.shown(name)
                        + "`; null, deflate, snappy and zstandard are read"));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(v -> new String(v, StandardCharsets.UTF_8));
  }
}
