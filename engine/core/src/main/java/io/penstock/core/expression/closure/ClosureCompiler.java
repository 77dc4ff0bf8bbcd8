package io.penstock.core.expression.closure;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.typed.Typed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the closures of a tree. Each compiled tree belongs to one evaluator. */
final class ClosureCompiler {
  private int locals;

  /** How many slots the lambdas of the trees compiled so far need. */
  int locals() {
    return locals;
  }

  Code compile(Typed tree) {
    if (tree instanceof Typed.Constant constant) {
      return constant(constant.type().type(), constant.value().orElse(null));
    }
    if (tree instanceof Typed.Column column) {
      return ColumnCodes.of(column.type(), column.index());
    }
    if (tree instanceof Typed.Comparison comparison) {
      return new ComparisonCodes(this).of(comparison);
    }
    if (tree instanceof Typed.Same same) {
      return new ComparisonCodes(this).same(same);
    }
    if (tree instanceof Typed.Logic logic) {
      Code.OfTruth left = truth(logic.left());
      Code.OfTruth right = truth(logic.right());
      return logic.and() ? TruthCodes.and(left, right) : TruthCodes.or(left, right);
    }
    if (tree instanceof Typed.Not not) {
      return TruthCodes.not(truth(not.value()));
    }
    if (tree instanceof Typed.Arithmetic arithmetic) {
      return arithmetic(arithmetic);
    }
    if (tree instanceof Typed.Convert convert) {
      return typed(convert.type(), ConvertCodes.of(convert, compile(convert.value())));
    }
    if (tree instanceof Typed.Cast cast) {
      return typed(cast.type(), ConvertCodes.cast(cast, compile(cast.value())));
    }
    if (tree instanceof Typed.Choice choice) {
      return choice(choice);
    }
    if (tree instanceof Typed.Invoke invoke) {
      return InvokeCodes.of(invoke, all(invoke.arguments()));
    }
    return compileRare(tree);
  }

  private Code compileRare(Typed tree) {
    if (tree instanceof Typed.Coalesce coalesce) {
      return typed(coalesce.type(), ChoiceCodes.coalesce(all(coalesce.values())));
    }
    if (tree instanceof Typed.Negate negate) {
      return NumberCodes.negated(negate, compile(negate.value()));
    }
    if (tree instanceof Typed.NullTest test) {
      return nullTest(compile(test.value()));
    }
    if (tree instanceof Typed.Membership membership) {
      return MembershipCodes.of(
          membership, compile(membership.value()), compile(membership.list()));
    }
    if (tree instanceof Typed.Matching matching) {
      return TextCodes.matching(matching, compile(matching.value()), compile(matching.pattern()));
    }
    if (tree instanceof Typed.Join join) {
      List<Code.Written> parts = new ArrayList<>();
      join.texts().forEach(t -> parts.add(TextCodes.written(compile(t), t.type().type())));
      return TextCodes.join(parts);
    }
    if (tree instanceof Typed.Attempt attempt) {
      Code otherwise = attempt.otherwise().map(this::compile).orElse(null);
      return typed(attempt.type(), ChoiceCodes.attempt(compile(attempt.body()), otherwise));
    }
    if (tree instanceof Typed.LambdaMaking lambda) {
      lambda.slots().forEach(slot -> locals = Math.max(locals, slot + 1));
      return InvokeCodes.lambda(lambda.slots(), compile(lambda.body()));
    }
    return compilePart(tree);
  }

  private Code compilePart(Typed tree) {
    if (tree instanceof Typed.Local local) {
      int slot = local.slot();
      locals = Math.max(locals, slot + 1);
      return typed(local.type(), frame -> frame.locals[slot]);
    }
    if (tree instanceof Typed.RecordField field) {
      return field(field);
    }
    if (tree instanceof Typed.JsonMember member) {
      return PartCodes.member(compile(member.json()), member.name());
    }
    if (tree instanceof Typed.Element element) {
      Code code = PartCodes.element(element, compile(element.of()), compile(element.index()));
      return typed(element.type(), code);
    }
    if (tree instanceof Typed.ListMaking list) {
      return PartCodes.list(all(list.elements()));
    }
    if (tree instanceof Typed.RecordMaking record) {
      return PartCodes.record(all(record.values()));
    }
    if (tree instanceof Typed.MapMaking map) {
      return PartCodes.map(map, all(map.entries()));
    }
    if (tree instanceof Typed.Meta meta) {
      return meta(meta);
    }
    if (tree instanceof Typed.WholeRow row) {
      return wholeRow(((DataType.RecordOf) row.type().type()).schema());
    }
    throw new IllegalStateException("not executable: " + tree);
  }

  private List<Code> all(List<Typed> trees) {
    return trees.stream().map(this::compile).toList();
  }

  private static Code constant(DataType type, @Nullable Object value) {
    if (value == null) {
      return nothing(type);
    }
    if (value instanceof Long number) {
      long fixed = number;
      Code.OfLong code = frame -> fixed;
      return code;
    }
    if (value instanceof Double number) {
      double fixed = number;
      Code.OfDouble code = frame -> fixed;
      return code;
    }
    if (value instanceof Boolean truth) {
      boolean fixed = truth;
      Code.OfTruth code = frame -> fixed;
      return code;
    }
    if (value instanceof BigDecimal number) {
      return DecimalCodes.constant(number);
    }
    return value instanceof String text ? TextCodes.constant(text) : frame -> value;
  }

  private static Code nothing(DataType type) {
    if (type.equals(DataType.STRING)) {
      return new TextCodes.Nothing();
    }
    return typed(ValueType.optional(type), frame -> null);
  }

  /** A boxed code as the primitive kind of its type. */
  static Code typed(ValueType type, Code code) {
    if (!(type.type() instanceof DataType.Simple simple)) {
      return code;
    }
    return switch (simple.kind()) {
      case BOOLEAN -> code instanceof Code.OfTruth ? code : ConvertCodes.truth(code);
      case INT, TIMESTAMP, DATE, DURATION -> code instanceof Code.OfLong ? code : longs(code);
      case DOUBLE -> code instanceof Code.OfDouble ? code : doubles(code);
      case STRING, BYTES, JSON -> code;
    };
  }

  private static Code.OfLong longs(Code code) {
    return frame -> {
      Object value = code.value(frame);
      frame.missing = value == null;
      return value == null ? 0 : (Long) value;
    };
  }

  private static Code.OfDouble doubles(Code code) {
    return frame -> {
      Object value = code.value(frame);
      frame.missing = value == null;
      return value == null ? 0 : (Double) value;
    };
  }

  Code.OfTruth truth(Typed tree) {
    return (Code.OfTruth) compile(tree);
  }

  private Code arithmetic(Typed.Arithmetic node) {
    Code left = compile(node.left());
    Code right = compile(node.right());
    if (left instanceof Code.OfLong a && right instanceof Code.OfLong b) {
      return NumberCodes.longs(node, a, b);
    }
    if (left instanceof Code.OfDouble a && right instanceof Code.OfDouble b) {
      return NumberCodes.doubles(node, a, b);
    }
    return DecimalCodes.arithmetic(node, left, right);
  }

  private Code choice(Typed.Choice choice) {
    Code then = compile(choice.then());
    Code otherwise = compile(choice.otherwise());
    if (choice.type().type().equals(DataType.STRING)) {
      then = TextCodes.written(then, DataType.STRING);
      otherwise = TextCodes.written(otherwise, DataType.STRING);
    }
    return ChoiceCodes.choice(truth(choice.condition()), then, otherwise);
  }

  private static Code.OfTruth nullTest(Code value) {
    if (value instanceof Code.OfJson json) {
      return frame -> json.find(frame) < 0;
    }
    if (value instanceof ColumnCodes.TextColumn column) {
      int index = column.index();
      return frame -> frame.columns[index].isNull(frame.row);
    }
    return frame -> value.value(frame) == null;
  }

  /** A field of a record; straight from the columns where the record is one. */
  private Code field(Typed.RecordField field) {
    if (field.record() instanceof Typed.WholeRow) {
      return ColumnCodes.of(field.type(), field.index());
    }
    if (field.record() instanceof Typed.Column column) {
      DataType type = field.type().type();
      int index = column.index();
      int inner = field.index();
      return typed(
          field.type(),
          frame -> {
            Column.Records records = (Column.Records) frame.columns[index];
            return records.isNull(frame.row)
                ? null
                : Values.get(records.fields()[inner], type, frame.row);
          });
    }
    return typed(field.type(), PartCodes.field(compile(field.record()), field.index()));
  }

  private static Code meta(Typed.Meta meta) {
    DataType type = meta.type().type();
    String name = meta.name();
    return typed(
        meta.type(),
        frame -> {
          Column column = frame.meta(name);
          return column == null ? null : Values.get(column, type, frame.row);
        });
  }

  private static Code wholeRow(Schema schema) {
    return frame -> {
      @Nullable Object[] values = new Object[schema.columns()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Values.get(frame.columns[i], schema.column(i).type(), frame.row);
      }
      return values;
    };
  }
}
