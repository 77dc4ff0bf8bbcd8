package io.penstock.dsl.language.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.TextTypes;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.EventTime;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.bind.BoundSource;
import io.penstock.dsl.language.bind.EventTimeOptions;
import io.penstock.dsl.language.bind.SourceKeys;
import io.penstock.dsl.language.bind.StepHead;
import io.penstock.dsl.language.schema.DeclaredSchema;
import io.penstock.dsl.language.schema.TypeReader;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.transform.Rows;
import io.penstock.dsl.language.transform.StepContext;
import io.penstock.dsl.language.transform.Surroundings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns sources into what is read: format, schema, computed fields, event time. */
final class SourceChecks {
  private final FormatFinder formats;
  private final TypeReader types;
  private final Problems problems;

  SourceChecks(FormatFinder formats, TypeReader types, Problems problems) {
    this.formats = formats;
    this.types = types;
    this.problems = problems;
  }

  /** What is read; the operation is empty where something is wrong. */
  record Checked(Optional<Operation.Read> read, Rows rows) {}

  /** The keys that sources and tables share. */
  record Shape(
      StepHead head,
      SourceConfig config,
      Optional<SyntaxNode> schema,
      Optional<Placed<SourceKeys.UnknownFields>> unknownFields,
      Optional<Placed<SourceKeys.OptionalFields>> optionalFields) {
    static Shape of(BoundSource source) {
      SourceKeys keys = source.keys();
      return new Shape(
          source.head(),
          source.config(),
          keys.schema(),
          keys.unknownFields(),
          keys.optionalFields());
    }

    boolean allOptional() {
      return optionalFields
          .map(Placed::value)
          .filter(SourceKeys.OptionalFields.ALL::equals)
          .isPresent();
    }
  }

  Checked check(BoundSource source, Surroundings surroundings) {
    Checked read = read(Shape.of(source), surroundings);
    Optional<Placed<EventTimeOptions>> wanted = source.keys().eventTime();
    if (wanted.isEmpty()) {
      return read;
    }
    if (read.read.flatMap(r -> Remembered.key(r.format())).isPresent()) {
      problems.add(
          ProblemCode.E215,
          wanted.get().value().value().map(ExpressionText::origin).orElse(wanted.get().origin()),
          "`event_time` wants whole rows, and of those that go this source has the key alone",
          "leave it out here, and set it with a step `event_time` below");
      return new Checked(Optional.empty(), read.rows.timed());
    }
    StepContext context =
        new StepContext(read.rows, source.head().componentOrigin(), surroundings, problems);
    Optional<EventTime> time =
        new SourceTimes(context, problems).of(wanted.get(), source.config().readsFiles());
    Optional<Operation.Read> timed =
        read.read.flatMap(
            r ->
                time.map(
                    t ->
                        new Operation.Read(
                            r.source(), r.format(), r.decoding(), r.computed(), Optional.of(t))));
    return new Checked(timed, read.rows.timed());
  }

  /** Warns where whoever sends something can end the run by sending what cannot be decoded. */
  void warnOf(BoundSource source, LogicalNode.OnError policy) {
    boolean bytes = source.config().traits().kind() == SourceTraits.Kind.BYTES;
    if (source.config().traits().held() && bytes && policy == LogicalNode.OnError.FAIL) {
      problems.add(
          ProblemCode.W105,
          source.head().origin(),
          "one malformed record ends the run, since nothing says what `"
              + source.head().name()
              + "` does with it",
          "write `on_error: dead_letter` or `on_error: skip` there");
    }
  }

  Checked read(Shape shape, Surroundings surroundings) {
    return shape.config.traits().kind() == SourceTraits.Kind.BYTES
        ? bytes(shape)
        : rows(shape, surroundings);
  }

  private Checked bytes(Shape shape) {
    Origin at = shape.head.origins().value("path");
    Optional<FormatConfig> format =
        formats.find(shape.config.format(), shape.config.formatName(), at, true);
    Optional<DeclaredSchema> declared =
        shape.schema.flatMap(node -> types.schema(node, shape.allOptional()));
    boolean wrong = shape.schema.isPresent() && declared.isEmpty();
    if (wrong || declared.isEmpty() && format.isEmpty()) {
      return new Checked(Optional.empty(), Rows.unknown());
    }
    if (declared.isEmpty() && !bare(shape, format.orElseThrow())) {
      return new Checked(Optional.empty(), Rows.unknown());
    }
    Format.UnknownFields unknown = unknown(shape, declared.isPresent());
    boolean keeps = declared.isPresent() && unknown == Format.UnknownFields.KEEP;
    Schema schema =
        declared
            .map(d -> new Schema(d.schema().fields(), keeps))
            .or(() -> format.flatMap(f -> f.format().traits().ownSchema()))
            .orElse(Schema.anything());
    TextTypes texts = declared.map(DeclaredSchema::types).orElse(TextTypes.standard());
    Set<String> doubtful = declared.map(DeclaredSchema::doubtful).orElse(Set.of());
    Format.Decoding decoding =
        new Format.Decoding(
            schema, Set.of(), true, unknown, texts, (int) shape.config.maxRecord().bytes());
    Origin place = shape.head.origins().value("format");
    if (doubtful.isEmpty() && !ChangeKeys.check(format, schema, place, problems)) {
      return new Checked(Optional.empty(), Rows.unknown());
    }
    boolean changes = format.map(f -> f.format().traits().changes().isPresent()).orElse(false);
    Rows read = rows(schema, doubtful, shape).changing(changes);
    Rows rows = Remembered.key(format).isPresent() ? read.made(schema, doubtful) : read;
    return format.isEmpty() || !doubtful.isEmpty()
        ? new Checked(Optional.empty(), rows)
        : new Checked(
            Optional.of(
                new Operation.Read(shape.config, format, decoding, List.of(), Optional.empty())),
            rows);
  }

  /** What is known of rows by their declared schema alone. */
  Optional<Rows> declared(SyntaxNode schema) {
    return types.schema(schema, false).map(d -> Rows.of(d.schema()).with(d.schema(), d.doubtful()));
  }

  /** Whether the format can be read without a schema. */
  private boolean bare(Shape shape, FormatConfig format) {
    FormatTraits traits = format.format().traits();
    boolean nameless = traits.needsSchema() && !traits.header() && traits.ownSchema().isEmpty();
    if (nameless) {
      problems.add(
          ProblemCode.E103,
          shape.head.componentOrigin(),
          "without a header nothing names the fields of `" + shape.head.name() + "`",
          "add `schema: { first: string, second: int }` beside `" + shape.head.component() + "`");
    }
    return !nameless;
  }

  private static Format.UnknownFields unknown(Shape shape, boolean declared) {
    if (shape.unknownFields.isEmpty()) {
      return declared ? Format.UnknownFields.DROP : Format.UnknownFields.KEEP;
    }
    return switch (shape.unknownFields.get().value()) {
      case DROP -> Format.UnknownFields.DROP;
      case KEEP -> Format.UnknownFields.KEEP;
      case FAIL -> Format.UnknownFields.FAIL;
    };
  }

  /** Rows of a source that gives the fields that the file declares. */
  private Checked declaredRows(Shape shape) {
    if (shape.schema.isEmpty()) {
      problems.add(
          ProblemCode.E103,
          shape.head.componentOrigin(),
          "nothing says which fields `" + shape.head.name() + "` has",
          "add `schema: { id: int, name: string }` beside `" + shape.head.component() + "`");
      return new Checked(Optional.empty(), Rows.unknown());
    }
    Optional<DeclaredSchema> declared = types.schema(shape.schema.get(), shape.allOptional());
    if (declared.isEmpty()) {
      return new Checked(Optional.empty(), Rows.unknown());
    }
    Schema schema = declared.get().schema();
    List<ProblemCode> errors = new ArrayList<>();
    shape.config.check(
        schema,
        (code, option, message, hint) -> {
          problems.add(code, shape.head.origins().key(option), message, hint);
          if (!code.name().startsWith("W")) {
            errors.add(code);
          }
        });
    Rows rows = rows(schema, declared.get().doubtful(), shape);
    Operation.Read read =
        new Operation.Read(
            shape.config,
            Optional.empty(),
            Format.Decoding.of(schema),
            List.of(),
            Optional.empty());
    boolean whole = errors.isEmpty() && declared.get().doubtful().isEmpty();
    return new Checked(whole ? Optional.of(read) : Optional.empty(), rows);
  }

  private Checked rows(Shape shape, Surroundings surroundings) {
    if (shape.config.takesSchema()) {
      return declaredRows(shape);
    }
    Schema own = shape.config.schema().orElse(Schema.anything());
    shape.schema.ifPresent(
        node ->
            problems.add(
                ProblemCode.E110,
                node.origin(),
                "`" + shape.head.component() + "` gives fields of its own and takes no `schema`",
                "leave it out; a `convert` below changes types"));
    Rows rows = rows(own, Set.of(), shape);
    Map<String, ExpressionText> wanted = shape.config.computed();
    List<NamedExpression> computed = new ArrayList<>();
    Map<String, ValueType> made = new LinkedHashMap<>();
    Set<String> doubtful = new HashSet<>();
    StepContext context =
        new StepContext(rows, shape.head.componentOrigin(), surroundings, problems);
    wanted.forEach(
        (name, text) -> {
          Optional<Expression> value = context.check(text);
          made.put(name, value.map(Expression::type).orElse(ValueType.optional(DataType.JSON)));
          value.ifPresentOrElse(
              v -> computed.add(new NamedExpression(name, v)), () -> doubtful.add(name));
        });
    if (!wanted.isEmpty()) {
      List<Field> fields = new ArrayList<>();
      made.forEach((name, type) -> fields.add(new Field(name, type)));
      rows = rows(Schema.of(fields), doubtful, shape);
    }
    Operation.Read read =
        new Operation.Read(
            shape.config, Optional.empty(), Format.Decoding.of(own), computed, Optional.empty());
    return new Checked(doubtful.isEmpty() ? Optional.of(read) : Optional.empty(), rows);
  }

  private static Rows rows(Schema schema, Set<String> doubtful, Shape shape) {
    Map<String, ValueType> meta = new LinkedHashMap<>();
    shape.config.meta().forEach(field -> meta.put(field.name(), field.type()));
    Optional<String> endless =
        shape.config.traits().bounded() ? Optional.empty() : Optional.of(shape.head.name());
    return new Rows(schema, true, doubtful, Set.of(), meta, endless, false, Rows.Beside.NOTHING);
  }
}
