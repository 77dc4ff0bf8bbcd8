package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.format.TextTypes;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import io.penstock.dsl.language.schema.DeclaredSchema;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Options of {@code parse}. */
@Component(
    name = "parse",
    summary = "Decodes a text field by a format or by patterns.",
    example = "parse: { field: line, regex: '^(?<level>[A-Z]+) (?<message>.*)$' }")
public record Parse(
    @Option("The text field.") Placed<FieldPath> field,
    @Option("The format of the text.") Optional<FormatConfig> format,
    @Option("A pattern with named groups, or a list of which the first that matches wins.")
        Optional<OneOrMany<Placed<String>>> regex,
    @Option(
            "A grok pattern such as `%{IP:client} %{NUMBER:bytes:int}`, or a list of which the first that matches wins.")
        Optional<OneOrMany<Placed<String>>> grok,
    @Option("The field of the record that results; left out: its fields are spread into the row.")
        Optional<Placed<String>> into,
    @Option("The fields of the record with their types, the name of a schema, or a file.")
        Optional<SyntaxNode> schema,
    @Option(
            value = "What happens to a field of the row that has the name of a spread one.",
            byDefault = "fail")
        Operation.Existing existing,
    @Option(
            value = "What happens to a row whose text does not decode or match.",
            byDefault = "fail")
        Missing missing,
    @Option("A field that gets the number of the pattern that matched, from 0.")
        Optional<Placed<String>> matched)
    implements RowTransform {
  /** What happens to a row whose text does not decode. */
  public enum Missing {
    FAIL,
    KEEP
  }

  @Override
  public void check(Checks checks) {
    long ways = Stream.of(format, regex, grok).filter(Optional::isPresent).count();
    if (ways != 1) {
      checks.problem(
          ProblemCode.E110,
          ways == 0 ? "field" : grok.isPresent() ? "grok" : "regex",
          "`parse` wants one of `format`, `regex` and `grok`",
          ways == 0
              ? "add `format: json`, or a pattern: `regex: '...'`, `grok: '...'`"
              : "keep one of them");
    }
    if (format.flatMap(FormatConfig::line).isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "format",
          "`line` says how the rows of a sink are written, and this is read",
          "leave it out");
    }
    if (format.map(f -> f.format().traits().changes().isPresent()).orElse(false)) {
      checks.problem(
          ProblemCode.E215,
          "format",
          "the rows of `parse` stay, and in this format records are changes that take rows away",
          "give the format to the source, or write `format: json`");
    }
    if (format.isEmpty() && schema.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "schema",
          "`schema` belongs to `format`; "
              + (regex.isPresent()
                  ? "the groups of a pattern are texts"
                  : "a grok pattern has types of its own"),
          regex.isPresent()
              ? "leave it out, and put a `convert` below"
              : "leave it out, and write `%{NUMBER:bytes:int}`");
    }
  }

  @Override
  public Planned plan(StepContext context) {
    if (regex.isPresent() || grok.isPresent()) {
      return new ParseByPattern(this, context).plan();
    }
    ValueType string = ValueType.required(DataType.STRING);
    Optional<Expression> text =
        context.check(Woven.own(Woven.path(field.value()), field.origin()), string.asOptional());
    if (format.isEmpty()) {
      return Planned.wrong(Rows.unknown());
    }
    FormatConfig decoder = format.get();
    Optional<DeclaredSchema> declared =
        schema.flatMap(node -> context.surroundings().types().schema(node, false));
    if (schema.isPresent() && declared.isEmpty()) {
      return Planned.wrong(Rows.unknown());
    }
    Schema fields =
        declared
            .map(DeclaredSchema::schema)
            .or(() -> decoder.format().traits().ownSchema())
            .orElse(Schema.anything());
    Format.Decoding decoding =
        new Format.Decoding(
            fields,
            Set.of(),
            true,
            fields.open() ? Format.UnknownFields.KEEP : Format.UnknownFields.DROP,
            declared.map(DeclaredSchema::types).orElse(TextTypes.standard()),
            (int) Operation.MAX_RECORD.bytes());
    Rows rows = into.isPresent() ? into(fields, context) : spread(fields, context);
    Optional<Operation.Parse> parse =
        text.map(
            t ->
                new Operation.Parse(
                    t,
                    decoder,
                    decoding,
                    into.map(Placed::value),
                    existing,
                    missing == Missing.KEEP));
    boolean spreadsRest = into.isEmpty() && fields.open();
    return Planned.of(spreadsRest ? parse.map(p -> withoutOwn(p, rows, context)) : parse, rows);
  }

  /** Names that the row has already leave the rest: the row's fields stay as they are. */
  private static Operation.RowOperation withoutOwn(
      Operation.Parse parse, Rows rows, StepContext context) {
    List<NamedExpression> copies = new ArrayList<>();
    for (String name : rows.schema().names()) {
      copies.add(new NamedExpression(name, context.over(rows).copy(name, context.origin())));
    }
    Operation.Project project =
        new Operation.Project(copies, Optional.of(Set.copyOf(rows.schema().names())));
    return new Operation.Chain(
        List.of(
            new Operation.Link(parse, rows.schema(), context.origin()),
            new Operation.Link(project, rows.schema(), context.origin())));
  }

  private Rows into(Schema fields, StepContext context) {
    Placed<String> name = into.orElseThrow();
    if (context.schema().indexOf(name.value()) >= 0 && existing == Operation.Existing.FAIL) {
      context.taken(name.value(), name.origin());
    }
    ValueType type =
        fields.open()
            ? ValueType.optional(DataType.JSON)
            : ValueType.required(new DataType.RecordOf(fields));
    return context.rows().plus(name.value(), missing == Missing.KEEP ? type.asOptional() : type);
  }

  private Rows spread(Schema fields, StepContext context) {
    Rows rows = context.rows();
    for (Field one : fields.fields()) {
      boolean there = context.schema().indexOf(one.name()) >= 0;
      if (there && existing == Operation.Existing.FAIL) {
        context.taken(one.name(), context.origin());
      }
      if (!there || existing == Operation.Existing.REPLACE) {
        rows =
            rows.plus(one.name(), missing == Missing.KEEP ? one.type().asOptional() : one.type());
      }
    }
    return fields.open() ? rows.with(new Schema(rows.schema().fields(), true)) : rows;
  }
}
