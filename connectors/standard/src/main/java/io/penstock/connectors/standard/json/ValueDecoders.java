package io.penstock.connectors.standard.json;

import io.penstock.api.data.BooleansBuilder;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.value.ScalarReader;
import io.penstock.connectors.standard.value.Shown;
import io.penstock.connectors.standard.value.UnusedText;
import io.penstock.json.Json;
import io.penstock.json.JsonBuilder;
import io.penstock.json.JsonScanner;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the decoder of each type. */
final class ValueDecoders {
  private ValueDecoders() {}

  static ValueDecoder of(ValueType type, FieldPath path, Format.Decoding decoding, boolean used) {
    ValueDecoder required = required(type.type(), path, decoding, used);
    return (scanner, column) -> {
      if (scanner.kind() != Json.Kind.NULL) {
        required.decode(scanner, column);
        return;
      }
      scanner.takeNull();
      if (!type.optional()) {
        throw new RecordProblem(
            ProblemCode.D104, "`" + path + "` must be a value of type " + type + ", not null");
      }
      column.addNull();
    };
  }

  private static ValueDecoder required(
      DataType type, FieldPath path, Format.Decoding decoding, boolean used) {
    if (type instanceof DataType.ListOf list) {
      return list(of(list.element(), path, decoding, true), path);
    }
    if (type instanceof DataType.MapOf map) {
      return map(of(map.value(), path, decoding, true), path);
    }
    if (type instanceof DataType.RecordOf record) {
      ObjectDecoder fields = new ObjectDecoder(record.schema(), Optional.of(path), decoding);
      return (scanner, column) -> {
        demand(scanner, Json.Kind.OBJECT, path, "must be an object");
        fields.decode(scanner, ((RecordsBuilder) column)::field);
        ((RecordsBuilder) column).end();
      };
    }
    if (type instanceof DataType.Decimal) {
      return number(ScalarReader.of(type, Optional.empty()), path);
    }
    return simple((DataType.Simple) type, path, decoding, used);
  }

  private static ValueDecoder simple(
      DataType.Simple type, FieldPath path, Format.Decoding decoding, boolean used) {
    Optional<TextTypes.TimePattern> pattern = decoding.types().pattern(path);
    ScalarReader reader = ScalarReader.of(type, pattern);
    return switch (type.kind()) {
      case BOOLEAN ->
          (scanner, column) -> {
            demand(scanner, Json.Kind.BOOLEAN, path, reader.expected());
            ((BooleansBuilder) column).add(scanner.takeBoolean());
          };
      case INT -> whole(reader, path);
      case DOUBLE -> number(reader, path);
      case STRING -> text(used ? reader : new UnusedText(), path);
      case BYTES, DURATION -> text(reader, path);
      case TIMESTAMP, DATE ->
          pattern.isPresent() && pattern.get() instanceof TextTypes.Epoch
              ? number(reader, path)
              : text(reader, path);
      case JSON -> json();
    };
  }

  private static ValueDecoder text(ScalarReader reader, FieldPath path) {
    return (scanner, column) -> {
      demand(scanner, Json.Kind.TEXT, path, reader.expected());
      scanner.takeText();
      read(scanner, reader, path, column);
    };
  }

  private static ValueDecoder number(ScalarReader reader, FieldPath path) {
    return (scanner, column) -> {
      demand(scanner, Json.Kind.NUMBER, path, reader.expected());
      scanner.takeNumber();
      read(scanner, reader, path, column);
    };
  }

  // A number with a point or an exponent is an int where it is whole: 1.0, 1e3.
  private static ValueDecoder whole(ScalarReader reader, FieldPath path) {
    return (scanner, column) -> {
      demand(scanner, Json.Kind.NUMBER, path, reader.expected());
      scanner.takeNumber();
      if (scanner.isWhole()) {
        read(scanner, reader, path, column);
        return;
      }
      BigDecimal value = new BigDecimal(scanner.sliceText());
      boolean fits =
          value.precision() - value.scale() <= 19 && value.stripTrailingZeros().scale() <= 0;
      byte[] digits =
          fits
              ? value.toBigInteger().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII)
              : new byte[0];
      if (!reader.read(digits, 0, digits.length, column)) {
        throw mismatch(
            path, reader.expected(), scanner.slice(), scanner.sliceFrom(), scanner.sliceTo());
      }
    };
  }

  private static void read(
      JsonScanner scanner, ScalarReader reader, FieldPath path, ColumnBuilder column) {
    byte[] bytes = scanner.slice();
    int from = scanner.sliceFrom();
    int to = scanner.sliceTo();
    if (!reader.read(bytes, from, to, column)) {
      throw mismatch(path, reader.expected(), bytes, from, to);
    }
  }

  private static ValueDecoder json() {
    JsonBuilder builder = new JsonBuilder();
    return (scanner, column) -> {
      scanner.copy(builder.clear());
      ((BytesBuilder) column).add(builder.bytes().array(), 0, builder.bytes().length());
    };
  }

  private static ValueDecoder list(ValueDecoder element, FieldPath path) {
    return (scanner, column) -> {
      demand(scanner, Json.Kind.LIST, path, "must be a list");
      ListsBuilder lists = (ListsBuilder) column;
      scanner.beginList();
      while (scanner.nextElement()) {
        element.decode(scanner, lists.elements());
      }
      lists.end();
    };
  }

  private static ValueDecoder map(ValueDecoder value, FieldPath path) {
    return (scanner, column) -> {
      demand(scanner, Json.Kind.OBJECT, path, "must be an object");
      MapsBuilder maps = (MapsBuilder) column;
      scanner.beginObject();
      java.util.Set<String> names = new java.util.HashSet<>();
      while (scanner.nextName()) {
        if (!names.add(scanner.sliceText())) {
          throw scanner.repeated();
        }
        maps.keys()
            .add(scanner.slice(), scanner.sliceFrom(), scanner.sliceTo() - scanner.sliceFrom());
        value.decode(scanner, maps.values());
      }
      maps.end();
    };
  }

  /** Demands that the next value is of a kind; shows the value otherwise. */
  static void demand(JsonScanner scanner, Json.Kind kind, FieldPath path, String expected) {
    if (scanner.kind() != kind) {
      int from = scanner.position();
      scanner.skip();
      throw mismatch(path, expected, scanner.source(), from, scanner.position());
    }
  }

  private static RecordProblem mismatch(
      FieldPath path, String expected, byte[] bytes, int from, int to) {
    return new RecordProblem(
        ProblemCode.D104, "`" + path + "` " + expected + ", not " + Shown.of(bytes, from, to));
  }

  static FieldPath child(Optional<FieldPath> parent, String name) {
    List<String> names = new ArrayList<>(parent.map(FieldPath::names).orElse(List.of()));
    names.add(name);
    return new FieldPath(names);
  }
}
