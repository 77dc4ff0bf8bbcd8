package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.TextTypes;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Origin;
import io.penstock.dsl.language.schema.DeclaredSchema;
import io.penstock.dsl.language.schema.DeclaredType;
import io.penstock.dsl.language.schema.TypeReader;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Options of {@code convert}. */
@Component(
    name = "convert",
    summary = "Gives fields another type.",
    example =
        """
        convert: { status: int, amount: optional double }
        """)
public record Convert(
    @Option(
            value =
                "Fields with their new types as in `schema`, or the name or the file of a schema, of whose fields the row is then made.",
            main = true)
        SyntaxNode to,
    @Option(value = "What a value that does not convert becomes.", byDefault = "error")
        Failing failing)
    implements RowTransform {
  /** What a value that does not convert becomes. */
  public enum Failing {
    ERROR,
    NULL
  }

  @Override
  public Planned plan(StepContext context) {
    TypeReader types = context.surroundings().types();
    if (to instanceof Mapping mapping && !types.isFile(mapping)) {
      NewRow row = NewRow.changed(context);
      for (Mapping.Entry entry : mapping.entries()) {
        FieldPath path = Paths.read(entry.name());
        Optional<DeclaredType> type = types.type(VALUE, entry.value());
        if (type.isEmpty()) {
          row.fail();
          continue;
        }
        field(path, entry.key().origin(), type.get(), row, context);
      }
      return row.done();
    }
    Optional<DeclaredSchema> schema = types.schema(to, false);
    if (schema.isEmpty()) {
      return Planned.wrong(Rows.unknown());
    }
    NewRow row = NewRow.empty(context);
    for (Field field : schema.get().schema().fields()) {
      FieldPath path = FieldPath.of(field.name());
      boolean there = context.rows().has(field.name());
      if (!there && field.type().optional()) {
        row.assign(field.name(), to.origin(), Woven.own("null", to.origin()), field.type());
        continue;
      }
      Map<FieldPath, TextTypes.TimePattern> pattern = new HashMap<>();
      schema.get().types().pattern(path).ifPresent(p -> pattern.put(VALUE, p));
      field(path, to.origin(), new DeclaredType(field.type(), pattern), row, context);
    }
    return row.done();
  }

  private void field(
      FieldPath path, Origin at, DeclaredType type, NewRow row, StepContext context) {
    Optional<ValueType> from = context.typeAt(path, at);
    if (from.isEmpty()) {
      row.fail();
      row.assign(path, at, Woven.own("null", at));
      return;
    }
    String converted = converted(Woven.path(path), from.get(), type);
    boolean orNull = failing == Failing.NULL;
    ExpressionText text = Woven.own(orNull ? "try(" + converted + ")" : converted, at);
    boolean parts = !(type.type().type() instanceof DataType.Simple);
    if (parts && path.names().size() == 1) {
      boolean optional = from.get().optional() || orNull;
      row.assign(path.first(), at, text, optional ? type.type().asOptional() : type.type());
    } else {
      row.assign(path, at, text);
    }
  }

  private static String converted(String value, ValueType from, DeclaredType to) {
    DataType type = to.type().type();
    TextTypes.TimePattern pattern = to.patterns().get(VALUE);
    String text = from.type().equals(DataType.STRING) ? value : "to_string(" + value + ")";
    if (pattern instanceof TextTypes.Text written) {
      String quoted = Woven.quoted(written.pattern());
      return type.equals(DataType.DATE)
          ? "parse_date(" + text + ", " + quoted + ")"
          : "parse_timestamp("
              + text
              + ", "
              + quoted
              + ", "
              + Woven.quoted(written.zone().map(ZoneId::getId).orElse("UTC"))
              + ")";
    }
    if (pattern instanceof TextTypes.Epoch epoch) {
      String number = from.type().equals(DataType.INT) ? value : "to_int(" + value + ")";
      String unit = epoch.name().substring("EPOCH_".length()).toLowerCase(Locale.ROOT);
      return "from_unix(" + number + ", " + Woven.quoted(unit) + ")";
    }
    if (from.type().equals(type)) {
      return value;
    }
    if (type.equals(DataType.DURATION)) {
      return "parse_duration(" + text + ")";
    }
    if (type instanceof DataType.Decimal decimal) {
      return "to_decimal(" + value + ", " + decimal.precision() + ", " + decimal.scale() + ")";
    }
    return type instanceof DataType.Simple simple ? "to_" + simple + "(" + value + ")" : value;
  }

  private static final FieldPath VALUE = FieldPath.of("value");
}
