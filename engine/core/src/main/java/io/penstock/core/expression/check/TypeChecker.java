package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Operator;
import io.penstock.core.expression.typed.Typed;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a tree its types. Problems go to the collector; a part with a problem is broken. */
final class TypeChecker {
  private final Checking checking;
  private final Names names;
  private final OperatorTyping operators;
  private final Calls calls;

  TypeChecker(Checking checking) {
    this(checking, List.of());
  }

  TypeChecker(Checking checking, List<String> callers) {
    this.checking = checking;
    this.names = new Names(checking);
    this.operators = new OperatorTyping(checking);
    this.calls = new Calls(checking, this, callers);
  }

  Typed type(Ast tree, Surroundings at) {
    if (checking.budget.spent()) {
      return checking.problem(
          ProblemCode.E303,
          tree,
          "the expression is too large with its functions put in",
          "split it with `let`");
    }
    return Folding.fold(unfolded(tree, at));
  }

  private Typed unfolded(Ast tree, Surroundings at) {
    if (tree instanceof Ast.Binary binary) {
      return spine(binary, at);
    }
    if (tree instanceof Ast.Name name) {
      return narrowed(tree, names.name(name, at), at);
    }
    if (tree instanceof Ast.Member member) {
      return narrowed(tree, member(member, at), at);
    }
    if (tree instanceof Ast.Index index) {
      return narrowed(tree, index(index, at), at);
    }
    if (tree instanceof Ast.Call call) {
      return calls.call(call, at);
    }
    if (tree instanceof Ast.Unary unary) {
      return operators.unary(unary, type(unary.operand(), at));
    }
    if (tree instanceof Ast.Conditional choice) {
      return choice(tree, choice.condition(), choice.then(), choice.otherwise(), at);
    }
    if (tree instanceof Ast.Joined joined) {
      List<Typed> pieces = joined.pieces().stream().map(p -> type(p, at)).toList();
      return operators.join(tree, pieces);
    }
    if (tree instanceof Ast.ListOf list) {
      return list(list, at);
    }
    if (tree instanceof Ast.MapOf map) {
      return record(map, at);
    }
    return literal(tree);
  }

  private Typed literal(Ast tree) {
    if (tree instanceof Ast.Whole whole) {
      return whole(whole);
    }
    if (tree instanceof Ast.Duration duration) {
      return constant(DataType.DURATION, duration.micros(), tree);
    }
    if (tree instanceof Ast.Pattern pattern) {
      return constant(DataType.STRING, pattern.pattern(), tree);
    }
    if (tree instanceof Ast.Lambda) {
      return checking.problem(
          ProblemCode.E305,
          tree,
          "a lambda stands where a value is expected",
          "a lambda is a function's argument: map(list, x -> x + 1)");
    }
    if (!(tree instanceof Ast.Literal literal)) {
      return checking.broken(tree);
    }
    Object value = literal.value().orElse(null);
    if (value == null) {
      return new Typed.Constant(
          ValueType.optional(DataType.JSON), Optional.empty(), true, false, checking.place(tree));
    }
    if (value instanceof BigDecimal number) {
      return decimal(number, tree);
    }
    DataType type =
        value instanceof Boolean
            ? DataType.BOOLEAN
            : value instanceof Double ? DataType.DOUBLE : DataType.STRING;
    return constant(type, value, tree);
  }

  private Typed whole(Ast.Whole whole) {
    // Java 25 needs 50 ms for its first BigDecimal, so an int makes none.
    if (whole.value().bitLength() < Long.SIZE) {
      return constant(DataType.INT, whole.value().longValueExact(), whole);
    }
    BigDecimal number = new BigDecimal(whole.value());
    if (number.precision() > DataType.Decimal.MAX_PRECISION) {
      return tooLong(whole);
    }
    return constant(new DataType.Decimal(number.precision(), 0), number, whole);
  }

  private Typed decimal(BigDecimal number, Ast tree) {
    int precision = Math.max(number.precision(), number.scale());
    if (precision > DataType.Decimal.MAX_PRECISION) {
      return tooLong(tree);
    }
    return constant(new DataType.Decimal(precision, number.scale()), number, tree);
  }

  private Typed tooLong(Ast tree) {
    return checking.problem(
        ProblemCode.E307,
        tree,
        "the number has more than 38 digits",
        "write it with an exponent, as a double: 1e40");
  }

  Typed constant(DataType type, Object value, Ast tree) {
    return new Typed.Constant(
        ValueType.required(type), Optional.of(value), true, false, checking.place(tree));
  }

  /** Chains of operators lean to the left and may be long: down by a loop, not by recursion. */
  private Typed spine(Ast.Binary top, Surroundings at) {
    Deque<Ast.Binary> down = new ArrayDeque<>();
    Ast left = top;
    while (left instanceof Ast.Binary binary) {
      down.push(binary);
      left = binary.left();
    }
    Typed value = type(left, at);
    while (!down.isEmpty()) {
      Ast.Binary binary = down.pop();
      value = Folding.fold(binary(binary, value, at));
    }
    return value;
  }

  private Typed binary(Ast.Binary binary, Typed left, Surroundings at) {
    Operator operator = binary.operator();
    if (operator == Operator.AND || operator == Operator.OR) {
      Set<String> known =
          Facts.where(
              binary.left(),
              operator == Operator.AND ? Facts.Outcome.NOT_FALSE : Facts.Outcome.NOT_TRUE);
      return operators.logic(binary, left, type(binary.right(), at.knowing(known)));
    }
    return operators.binary(binary, left, type(binary.right(), at));
  }

  Typed choice(Ast tree, Ast condition, Ast then, Ast otherwise, Surroundings at) {
    Typed test = operators.condition(type(condition, at), condition);
    Typed yes = type(then, at.knowing(Facts.where(condition, Facts.Outcome.TRUE)));
    Typed no = type(otherwise, at.knowing(Facts.where(condition, Facts.Outcome.NOT_TRUE)));
    if (Checking.isBroken(test, yes, no)) {
      return checking.broken(tree);
    }
    List<Typed> branches = List.of(yes, no);
    Optional<DataType> common = Coercion.common(branches);
    if (common.isEmpty()) {
      return operators.noCommonType(tree, branches);
    }
    return new Typed.Choice(
        new ValueType(common.get(), Coercion.anyOptional(branches)),
        test,
        Coercion.as(common.get(), yes),
        Coercion.as(common.get(), no),
        checking.place(tree));
  }

  private Typed narrowed(Ast tree, Typed value, Surroundings at) {
    if (!value.type().optional() || !Facts.path(tree).filter(at.present()::contains).isPresent()) {
      return value;
    }
    ValueType type = value.type().asRequired();
    if (value instanceof Typed.Column column) {
      return new Typed.Column(type, column.index(), column.name(), column.at());
    }
    if (value instanceof Typed.JsonMember member) {
      return new Typed.JsonMember(type, member.json(), member.name(), member.at());
    }
    if (value instanceof Typed.RecordField field) {
      return new Typed.RecordField(type, field.record(), field.index(), field.name(), field.at());
    }
    if (value instanceof Typed.Local local) {
      return new Typed.Local(type, local.slot(), local.name(), local.at());
    }
    if (value instanceof Typed.Meta meta) {
      return new Typed.Meta(type, meta.name(), meta.at());
    }
    return value;
  }

  private Typed member(Ast.Member member, Surroundings at) {
    if (member.target() instanceof Ast.Name root) {
      Optional<Typed> reserved =
          names.underRoot(root, member.name(), member.nameSpan(), member, at);
      if (reserved.isPresent()) {
        return reserved.get();
      }
    }
    return part(type(member.target(), at), member.name(), member.nameSpan(), member);
  }

  private Typed index(Ast.Index index, Surroundings at) {
    boolean named =
        index.index() instanceof Ast.Literal literal
            && literal.value().orElse(0L) instanceof String;
    if (named) {
      String name = (String) ((Ast.Literal) index.index()).value().orElseThrow();
      if (index.target() instanceof Ast.Name root) {
        Optional<Typed> reserved = names.underRoot(root, name, index.index().span(), index, at);
        if (reserved.isPresent()) {
          return reserved.get();
        }
      }
      Typed target = type(index.target(), at);
      boolean list = target.type().type() instanceof DataType.ListOf;
      if (!list) {
        return part(target, name, index.index().span(), index);
      }
      return operators.element(index, target, type(index.index(), at));
    }
    return operators.element(index, type(index.target(), at), type(index.index(), at));
  }

  /** A named part of a record, a map, a json value. */
  private Typed part(Typed target, String name, Ast.Span nameSpan, Ast tree) {
    if (target instanceof Typed.Broken) {
      return target;
    }
    DataType type = target.type().type();
    if (type instanceof DataType.RecordOf record) {
      return names.field(target, record.schema(), name, nameSpan, tree);
    }
    if (type instanceof DataType.MapOf map) {
      return new Typed.Element(
          map.value().asOptional(),
          target,
          constant(DataType.STRING, name, tree),
          checking.place(tree));
    }
    if (type.equals(DataType.JSON)) {
      return new Typed.JsonMember(
          ValueType.optional(DataType.JSON), target, name, checking.place(tree));
    }
    return checking.problem(
        ProblemCode.E401,
        tree,
        "`"
            + checking
                .place(tree)
                .text()
                .text()
                .substring(
                    target.at().from(), Math.min(target.at().to(), checking.text.text().length()))
            + "` is "
            + type
            + " and has no parts",
        checking.functions.named(name).isEmpty()
            ? "records, maps and json values have parts"
            : "a function is called with brackets: ." + name + "()");
  }

  private Typed list(Ast.ListOf list, Surroundings at) {
    List<Typed> elements = list.elements().stream().map(e -> type(e, at)).toList();
    if (Checking.isBroken(elements.toArray(Typed[]::new))) {
      return checking.broken(list);
    }
    Optional<DataType> common = Coercion.common(elements);
    if (common.isEmpty()) {
      return operators.noCommonType(list, elements);
    }
    DataType element = common.get();
    ValueType type =
        ValueType.required(
            new DataType.ListOf(new ValueType(element, Coercion.anyOptional(elements))));
    return new Typed.ListMaking(
        type, elements.stream().map(e -> Coercion.as(element, e)).toList(), checking.place(list));
  }

  private Typed record(Ast.MapOf map, Surroundings at) {
    List<String> keys = map.keys().stream().map(k -> String.valueOf(k.value().orElse(""))).toList();
    return recordOf(map, keys, map.values().stream().map(v -> type(v, at)).toList());
  }

  /** A record of these values. */
  Typed recordOf(Ast tree, List<String> keys, List<Typed> values) {
    if (Checking.isBroken(values.toArray(Typed[]::new))) {
      return checking.broken(tree);
    }
    List<Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      if (!seen.add(keys.get(i))) {
        return checking.problem(
            ProblemCode.E302, tree, "the key `" + keys.get(i) + "` stands twice", "name each once");
      }
      fields.add(new Field(keys.get(i), values.get(i).type()));
    }
    return new Typed.RecordMaking(
        ValueType.required(new DataType.RecordOf(Schema.of(fields))), values, checking.place(tree));
  }

  OperatorTyping operators() {
    return operators;
  }

  /** The decimal that an int takes part as. */
  static DataType.Decimal decimalOf(Typed value) {
    if (value.type().type() instanceof DataType.Decimal decimal) {
      return decimal;
    }
    if (Checking.constant(value).orElse("") instanceof Long number) {
      return new DataType.Decimal(BigDecimal.valueOf(number).precision(), 0);
    }
    return SchemaTypes.INT_AS_DECIMAL;
  }
}
