package io.penstock.connectors.standard.json;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.JsonBuilder;
import io.penstock.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Decodes the members of an object into the columns of a schema, in whatever order they come.
 * Declared fields are all checked; others are passed, kept in the rest, or refused.
 */
final class ObjectDecoder {
  private final Schema schema;
  private final Optional<FieldPath> path;
  private final byte[][] names;
  private final ValueDecoder[] decoders;
  private final boolean fails;
  private final JsonBuilder rest = new JsonBuilder();
  private final Set<String> restNames = new HashSet<>();

  // For each field the number of the object in which it was last seen.
  private final long[] seen;
  private long object;

  ObjectDecoder(Schema schema, Optional<FieldPath> path, Format.Decoding decoding) {
    this.schema = schema;
    this.path = path;
    int count = schema.fields().size();
    names = new byte[count][];
    decoders = new ValueDecoder[count];
    seen = new long[count];
    fails = decoding.unknownFields() == Format.UnknownFields.FAIL;
    for (int i = 0; i < count; i++) {
      Field field = schema.fields().get(i);
      names[i] = field.name().getBytes(StandardCharsets.UTF_8);
      boolean used = path.isPresent() || decoding.uses(field.name());
      decoders[i] =
          ValueDecoders.of(field.type(), ValueDecoders.child(path, field.name()), decoding, used);
    }
  }

  /** The decoder of each field; not to be written. */
  ValueDecoder[] decoders() {
    return decoders;
  }

  /** Takes an object; each column gets one value. The next value must be an object. */
  void decode(JsonScanner scanner, IntFunction<ColumnBuilder> columns) {
    object++;
    int begun = schema.open() ? beginRest() : 0;
    int expected = 0;
    scanner.beginObject();
    while (scanner.nextName()) {
      int index = find(scanner, expected);
      if (index < 0) {
        unknown(scanner);
        continue;
      }
      if (seen[index] == object) {
        throw scanner.repeated();
      }
      seen[index] = object;
      decoders[index].decode(scanner, columns.apply(index));
      expected = index + 1;
    }
    for (int i = 0; i < seen.length; i++) {
      if (seen[i] != object) {
        missing(i, columns);
      }
    }
    if (schema.open()) {
      rest.end(begun);
      ((BytesBuilder) columns.apply(schema.rest()))
          .add(rest.bytes().array(), 0, rest.bytes().length());
    }
  }

  private int beginRest() {
    restNames.clear();
    return rest.clear().beginObject();
  }

  /** Fields mostly come in the schema's order, so the next one is tried first. */
  private int find(JsonScanner scanner, int expected) {
    byte[] bytes = scanner.slice();
    int from = scanner.sliceFrom();
    int to = scanner.sliceTo();
    int length = to - from;
    for (int k = 0; k < names.length; k++) {
      int index = expected + k;
      index = index >= names.length ? index - names.length : index;
      byte[] name = names[index];
      if (name.length == length && Arrays.equals(bytes, from, to, name, 0, length)) {
        return index;
      }
    }
    return -1;
  }

  private void unknown(JsonScanner scanner) {
    if (fails) {
      throw new RecordProblem(
          ProblemCode.D105,
          "`" + ValueDecoders.child(path, scanner.sliceText()) + "` is not in the schema");
    }
    if (!schema.open()) {
      scanner.skip();
      return;
    }
    byte[] name = Arrays.copyOfRange(scanner.slice(), scanner.sliceFrom(), scanner.sliceTo());
    if (!restNames.add(new String(name, StandardCharsets.UTF_8))) {
      throw scanner.repeated();
    }
    rest.name(name, 0, name.length);
    scanner.copy(rest);
  }

  private void missing(int index, IntFunction<ColumnBuilder> columns) {
    Field field = schema.fields().get(index);
    if (!field.type().optional()) {
      throw new RecordProblem(
          ProblemCode.D103, "`" + ValueDecoders.child(path, field.name()) + "` is missing");
    }
    columns.apply(index).addNull();
  }
}
