package io.penstock.dsl.language.schema;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.TextTypes;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.Sequence;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads types: a word, a list of one type, a record of fields, the name of an entry of {@code
 * schemas}, a file with a schema. What is wrong goes to the problems. Single-threaded.
 */
public final class TypeReader {
  /** The forms of types, for hints. */
  public static final String FORMS =
      "types: boolean, int, double, decimal(12,2), string, bytes, timestamp, date, duration, json,"
          + " [T], { field: T }, map<T>";

  private final Map<String, SyntaxNode> schemas;
  private final SchemaFiles files;
  private final Problems problems;
  private final Deque<String> open = new ArrayDeque<>();

  public TypeReader(Map<String, SyntaxNode> schemas, SchemaFiles files, Problems problems) {
    this.schemas = schemas;
    this.files = files;
    this.problems = problems;
  }

  /**
   * The type that a node declares.
   *
   * @param at the path of what has the type
   */
  public Optional<DeclaredType> type(FieldPath at, SyntaxNode node) {
    Map<FieldPath, TextTypes.TimePattern> patterns = new HashMap<>();
    return value(at, node, patterns).map(type -> new DeclaredType(type, patterns));
  }

  /**
   * The fields that a schema declares: a map, the name of one, or a file.
   *
   * @param allOptional whether each field is optional, whatever it says
   */
  public Optional<DeclaredSchema> schema(SyntaxNode node, boolean allOptional) {
    if (node instanceof Scalar scalar && !scalar.isBroken()) {
      return named(scalar, allOptional);
    }
    if (!(node instanceof Mapping mapping)) {
      if (node instanceof Sequence) {
        problems.add(
            ProblemCode.E104,
            node.origin(),
            "a schema must be a map of fields to types, or a name from `schemas`, not a list",
            "write `{ id: int, name: string }`");
      }
      return Optional.empty();
    }
    return isFile(mapping)
        ? files.fields(mapping).map(schema -> declared(schema, allOptional))
        : Optional.of(fields(mapping, allOptional));
  }

  private Optional<DeclaredSchema> named(Scalar name, boolean allOptional) {
    SyntaxNode entry = schemas.get(name.text());
    if (entry == null) {
      problems.add(
          ProblemCode.E209,
          name.origin(),
          "unknown schema `" + name.text() + "`",
          io.penstock.api.problem.Nearest.hint(
              name.text(), "entries of `schemas`", schemas.keySet()));
      return Optional.empty();
    }
    return entered(name, () -> schema(entry, allOptional));
  }

  private <T> Optional<T> entered(Scalar name, java.util.function.Supplier<Optional<T>> read) {
    if (open.contains(name.text())) {
      problems.add(
          ProblemCode.E407,
          name.origin(),
          "the schema `" + name.text() + "` contains itself",
          "write `json` where it would begin again");
      return Optional.empty();
    }
    open.push(name.text());
    Optional<T> result = read.get();
    open.pop();
    return result;
  }

  /** Whether a map names a file with a schema, and declares no field. */
  public boolean isFile(Mapping mapping) {
    return files.isFile(mapping);
  }

  private static DeclaredSchema declared(Schema schema, boolean allOptional) {
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      fields.add(new Field(field.name(), allOptional ? optional(field.type()) : field.type()));
    }
    return new DeclaredSchema(Schema.of(fields), TextTypes.standard(), Set.of());
  }

  private DeclaredSchema fields(Mapping mapping, boolean allOptional) {
    List<Field> fields = new ArrayList<>();
    Set<String> doubtful = new HashSet<>();
    Map<FieldPath, TextTypes.TimePattern> patterns = new HashMap<>();
    for (Mapping.Entry entry : mapping.entries()) {
      Optional<ValueType> type = value(FieldPath.of(entry.name()), entry.value(), patterns);
      if (type.isEmpty()) {
        doubtful.add(entry.name());
      }
      ValueType known = type.orElse(ValueType.optional(DataType.JSON));
      fields.add(new Field(entry.name(), allOptional ? optional(known) : known));
    }
    return new DeclaredSchema(Schema.of(fields), new TextTypes(patterns), doubtful);
  }

  private static ValueType optional(ValueType type) {
    if (type.type() instanceof DataType.RecordOf record) {
      List<Field> fields = new ArrayList<>();
      for (Field field : record.schema().fields()) {
        fields.add(new Field(field.name(), optional(field.type())));
      }
      return ValueType.optional(new DataType.RecordOf(Schema.of(fields)));
    }
    return type.asOptional();
  }

  private Optional<ValueType> value(
      FieldPath at, SyntaxNode node, Map<FieldPath, TextTypes.TimePattern> patterns) {
    if (node instanceof Mapping mapping) {
      return record(at, mapping, patterns);
    }
    if (node instanceof Sequence sequence) {
      if (sequence.elements().size() != 1) {
        problems.add(
            ProblemCode.E104,
            node.origin(),
            "a list type names the type of its elements, one and no more, not "
                + sequence.elements().size(),
            "write `[string]`");
        return Optional.empty();
      }
      return value(at, sequence.elements().get(0), patterns)
          .map(element -> ValueType.required(new DataType.ListOf(element)));
    }
    Scalar scalar = (Scalar) node;
    if (scalar.isBroken()) {
      return Optional.empty();
    }
    return new TypeText(scalar, at, patterns, this, problems).read();
  }

  private Optional<ValueType> record(
      FieldPath at, Mapping mapping, Map<FieldPath, TextTypes.TimePattern> patterns) {
    if (isFile(mapping)) {
      return files.fields(mapping).map(schema -> ValueType.required(new DataType.RecordOf(schema)));
    }
    List<Field> fields = new ArrayList<>();
    boolean whole = true;
    for (Mapping.Entry entry : mapping.entries()) {
      Optional<ValueType> type = value(under(at, entry.name()), entry.value(), patterns);
      whole &= type.isPresent();
      type.ifPresent(t -> fields.add(new Field(entry.name(), t)));
    }
    return whole
        ? Optional.of(ValueType.required(new DataType.RecordOf(Schema.of(fields))))
        : Optional.empty();
  }

  /** The type of a name of {@code schemas}; empty without a problem where there is none. */
  Optional<Optional<ValueType>> entry(
      String name, Scalar scalar, FieldPath at, Map<FieldPath, TextTypes.TimePattern> patterns) {
    SyntaxNode entry = schemas.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    Scalar named = new Scalar(name, scalar.style(), scalar.origin(), scalar.places());
    return Optional.of(entered(named, () -> value(at, entry, patterns)));
  }

  Set<String> names() {
    return schemas.keySet();
  }

  private static FieldPath under(FieldPath at, String name) {
    List<String> names = new ArrayList<>(at.names());
    names.add(name);
    return new FieldPath(names);
  }
}
