package io.penstock.connectors.standard.csv;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.standard.json.NestedReader;
import io.penstock.connectors.standard.value.ScalarReader;
import io.penstock.connectors.standard.value.UnusedText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the names of a file's header and the fields of the schema together. A header that cannot
 * be read as names is thrown; names that do not fit the schema are a mistake of each record below
 * them, so that one file of many does not stop the others.
 */
final class CsvHeader {
  private final Format.Decoding decoding;
  private final Schema schema;

  CsvHeader(Format.Decoding decoding) {
    this.decoding = decoding;
    this.schema = decoding.schema();
  }

  /** What is wrong with each record below a header. */
  record Unfit(ProblemCode code, String message) {}

  /** How the names do not fit the schema: what is missing comes before what is not known. */
  Optional<Unfit> unfit(List<String> names) {
    for (Field field : schema.fields()) {
      if (!field.type().optional() && !names.contains(field.name())) {
        return Optional.of(
            new Unfit(
                ProblemCode.D103,
                "`" + field.name() + "` is missing: the header of the file has " + shown(names)));
      }
    }
    if (decoding.unknownFields() == Format.UnknownFields.FAIL) {
      for (String name : names) {
        if (schema.indexOf(name) < 0) {
          return Optional.of(
              new Unfit(
                  ProblemCode.D105,
                  "`" + name + "` is unknown: the header of the file has " + shown(names)));
        }
      }
    }
    return Optional.empty();
  }

  /** The cells of a file with these names in its header. */
  Cell[] named(List<String> names, String file) {
    check(names, file);
    List<Cell> cells = new ArrayList<>();
    for (String name : names) {
      int column = schema.indexOf(name);
      cells.add(column < 0 ? unnamed(name) : field(column));
    }
    return cells.toArray(new Cell[0]);
  }

  /** The cells where the schema gives the names. */
  Cell[] positional() {
    Cell[] cells = new Cell[schema.fields().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = field(i);
    }
    return cells;
  }

  /** The cells of a file without names and without a schema. */
  static Cell[] numbered(int count) {
    Cell[] cells = new Cell[count];
    for (int i = 0; i < count; i++) {
      cells[i] = Cell.unnamed("column_" + (i + 1), Cell.KEPT);
    }
    return cells;
  }

  private Cell field(int column) {
    Field field = schema.fields().get(column);
    return Cell.of(field, column, reader(field));
  }

  private ScalarReader reader(Field field) {
    DataType type = field.type().type();
    if (type.equals(DataType.STRING) && !decoding.uses(field.name())) {
      return new UnusedText();
    }
    FieldPath path = FieldPath.of(field.name());
    if (type instanceof DataType.Simple || type instanceof DataType.Decimal) {
      return ScalarReader.of(type, decoding.types().pattern(path));
    }
    return new NestedReader(field.type(), path, decoding);
  }

  private Cell unnamed(String name) {
    return Cell.unnamed(name, schema.open() ? Cell.KEPT : Cell.DROPPED);
  }

  private static void check(List<String> names, String file) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isBlank()) {
        throw wrong(
            file,
            "the header's name number " + (i + 1) + " is empty: " + shown(names),
            "name the field, or say `header: ignore` and give a schema");
      }
      if (!seen.add(name)) {
        throw wrong(
            file,
            "the header has `" + name + "` twice",
            "rename one, or say `header: ignore` and give a schema");
      }
    }
  }

  private static String shown(List<String> names) {
    String all = String.join(", ", names);
    return all.length() <= 80 ? "`" + all + "`" : "`" + all.substring(0, 80) + "...`";
  }

  static PipelineException wrong(String file, String message, String hint) {
    String name = file.isEmpty() ? "the input" : file;
    return new PipelineException(
        Problem.of(ProblemCode.R206, new Origin(name, 1, 0, 1), message, hint));
  }
}
