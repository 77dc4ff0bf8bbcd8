package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Operator;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Comparison.Order;
import io.penstock.core.expression.typed.Typed.Matching.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types of operators but arithmetic. */
final class OperatorTyping {
  private final Checking checking;
  private final ArithmeticTyping arithmetic;

  OperatorTyping(Checking checking) {
    this.checking = checking;
    this.arithmetic = new ArithmeticTyping(checking, this);
  }

  Typed unary(Ast.Unary unary, Typed operand) {
    if (operand instanceof Typed.Broken) {
      return operand;
    }
    return unary.operator() == Operator.NOT
        ? not(unary, condition(operand, unary.operand()))
        : arithmetic.negate(unary, operand);
  }

  private Typed not(Ast tree, Typed value) {
    return value instanceof Typed.Broken
        ? value
        : new Typed.Not(Checking.truth(value), value, checking.place(tree));
  }

  /** A value where true or false is needed. */
  Typed condition(Typed value, Ast tree) {
    Optional<Typed> truth = Coercion.to(DataType.BOOLEAN, value);
    if (truth.isPresent()) {
      return truth.get();
    }
    return checking.problem(
        ProblemCode.E401,
        tree,
        "a condition is needed, not " + value.type().type(),
        value.type().type().equals(DataType.STRING)
            ? "compare it: x == 'text', or x != null"
            : "compare it: x != 0, or x != null");
  }

  Typed logic(Ast.Binary tree, Typed left, Typed right) {
    Typed one = condition(left, tree.left());
    Typed other = condition(right, tree.right());
    if (Checking.isBroken(one, other)) {
      return checking.broken(tree);
    }
    return new Typed.Logic(
        Checking.truth(one, other),
        tree.operator() == Operator.AND,
        one,
        other,
        checking.place(tree));
  }

  Typed binary(Ast.Binary tree, Typed left, Typed right) {
    if (Checking.isBroken(left, right)) {
      return checking.broken(tree);
    }
    return switch (tree.operator()) {
      case COALESCE -> coalesce(tree, List.of(left, right));
      case EQUAL -> comparison(tree, Order.EQUAL, left, right);
      case UNEQUAL -> comparison(tree, Order.UNEQUAL, left, right);
      case LESS -> comparison(tree, Order.LESS, left, right);
      case AT_MOST -> comparison(tree, Order.AT_MOST, left, right);
      case MORE -> comparison(tree, Order.MORE, left, right);
      case AT_LEAST -> comparison(tree, Order.AT_LEAST, left, right);
      case SAME -> same(tree, left, right);
      case NOT_SAME -> not(tree, same(tree, left, right));
      case IN -> membership(tree, left, right);
      case FINDS -> matching(tree, Kind.FINDS, left, right);
      case STARTS -> matching(tree, Kind.STARTS, left, right);
      case ENDS -> matching(tree, Kind.ENDS, left, right);
      case FINDS_NOT -> not(tree, matching(tree, Kind.FINDS, left, right));
      case STARTS_NOT -> not(tree, matching(tree, Kind.STARTS, left, right));
      case ENDS_NOT -> not(tree, matching(tree, Kind.ENDS, left, right));
      case PLUS, MINUS, TIMES, OVER, MODULO -> arithmetic.binary(tree, left, right);
      case AND, OR, NOT, NEGATE -> throw new IllegalStateException(tree.operator().sign());
    };
  }

  Typed coalesce(Ast tree, List<Typed> values) {
    Optional<DataType> common = Coercion.common(values);
    if (common.isEmpty()) {
      return noCommonType(tree, values);
    }
    List<Typed> converted = new ArrayList<>();
    boolean optional = true;
    for (Typed value : values) {
      converted.add(Coercion.as(common.get(), value));
      optional &= value.type().optional();
    }
    return new Typed.Coalesce(
        new ValueType(common.get(), optional), converted, checking.place(tree));
  }

  private Typed comparison(Ast.Binary tree, Order order, Typed left, Typed right) {
    boolean equality = order == Order.EQUAL || order == Order.UNEQUAL;
    if (equality && (Checking.isNull(left) || Checking.isNull(right))) {
      Typed test =
          new Typed.NullTest(
              ValueType.required(DataType.BOOLEAN),
              Checking.isNull(left) ? right : left,
              checking.place(tree));
      return order == Order.EQUAL ? test : not(tree, test);
    }
    Optional<Sides> sides = sides(left, right, equality);
    if (sides.isEmpty()) {
      return mismatch(tree, left, right);
    }
    if (!equality && !ordered(sides.get().left().type().type())) {
      return checking.problem(
          ProblemCode.E401,
          tree,
          "values of " + sides.get().left().type().type() + " have no order",
          "compare their parts");
    }
    return new Typed.Comparison(
        Checking.truth(left, right),
        order,
        sides.get().left(),
        sides.get().right(),
        checking.place(tree));
  }

  private static boolean ordered(DataType type) {
    return type instanceof DataType.Simple || type instanceof DataType.Decimal;
  }

  private Typed same(Ast.Binary tree, Typed left, Typed right) {
    Optional<Sides> sides = sides(left, right, true);
    if (sides.isEmpty()) {
      return mismatch(tree, left, right);
    }
    return new Typed.Same(
        ValueType.required(DataType.BOOLEAN),
        sides.get().left(),
        sides.get().right(),
        checking.place(tree));
  }

  /** Two values of one type. */
  record Sides(Typed left, Typed right) {}

  /** Both sides as values that can be compared; json is never converted for equality. */
  private Optional<Sides> sides(Typed left, Typed right, boolean equality) {
    boolean json = Checking.isJson(left) || Checking.isJson(right);
    if (json && equality) {
      return Optional.of(
          new Sides(Coercion.as(DataType.JSON, left), Coercion.as(DataType.JSON, right)));
    }
    if (json && Checking.isJson(left) && Checking.isJson(right)) {
      return Optional.empty();
    }
    if (json) {
      // A number of json is compared as it is, whatever number the other side has.
      DataType type = (Checking.isJson(left) ? right : left).type().type();
      DataType wanted =
          type.equals(DataType.INT) || type instanceof DataType.Decimal ? DataType.DOUBLE : type;
      return Coercion.to(type, left)
          .flatMap(l -> Coercion.to(type, right).map(r -> new Sides(l, r)))
          .map(s -> asNumbers(s, left, right, type, wanted));
    }
    if (Checking.isDecimal(left) && Checking.isDecimal(right)) {
      return Optional.of(new Sides(left, right));
    }
    if (Checking.isDecimal(left) && Checking.is(right, DataType.INT)) {
      return Optional.of(new Sides(left, asDecimal(right)));
    }
    if (Checking.isDecimal(right) && Checking.is(left, DataType.INT)) {
      return Optional.of(new Sides(asDecimal(left), right));
    }
    return Coercion.common(List.of(left, right))
        .map(t -> new Sides(Coercion.as(t, left), Coercion.as(t, right)));
  }

  private static Sides asNumbers(
      Sides sides, Typed left, Typed right, DataType type, DataType wanted) {
    if (type.equals(wanted)) {
      return sides;
    }
    DataType wide = new DataType.Decimal(38, 12);
    return new Sides(
        Checking.isJson(left) ? Coercion.convert(wide, left) : asDecimal(left),
        Checking.isJson(right) ? Coercion.convert(wide, right) : asDecimal(right));
  }

  private static Typed asDecimal(Typed value) {
    DataType wanted = TypeChecker.decimalOf(value);
    return Coercion.to(wanted, value).orElse(value);
  }

  private Typed membership(Ast.Binary tree, Typed value, Typed list) {
    if (Checking.isJson(list)) {
      return new Typed.Membership(
          Checking.truth(value, list),
          Coercion.as(DataType.JSON, value),
          list,
          checking.place(tree));
    }
    if (!(list.type().type() instanceof DataType.ListOf of)) {
      return checking.problem(
          ProblemCode.E401,
          tree.right(),
          "`in` looks into a list, not into " + list.type().type(),
          list.type().type().equals(DataType.STRING)
              ? "write contains(text, part)"
              : list.type().type() instanceof DataType.MapOf
                  ? "write has_key(map, key)"
                  : "write x in [a, b]");
    }
    Typed element = sample(of.element(), list);
    Optional<DataType> common =
        Checking.isJson(value)
            ? Optional.of(DataType.JSON)
            : Coercion.common(List.of(value, element));
    if (common.isEmpty()) {
      return mismatch(tree, value, element);
    }
    ValueType wanted =
        ValueType.required(
            new DataType.ListOf(new ValueType(common.get(), of.element().optional())));
    Typed converted =
        Coercion.to(wanted.type(), list).orElseGet(() -> Coercion.convert(wanted.type(), list));
    return new Typed.Membership(
        new ValueType(
            DataType.BOOLEAN, Checking.anyOptional(value, list) || of.element().optional()),
        Coercion.as(common.get(), value),
        converted,
        checking.place(tree));
  }

  /** Stands for the elements of a list; a literal where the list is written out. */
  private static Typed sample(ValueType element, Typed list) {
    boolean literal = Checking.isLiteral(list);
    return literal
        ? new Typed.Constant(element, Optional.of(0L), true, false, list.at())
        : new Typed.Column(element, 0, "", list.at());
  }

  private Typed matching(Ast.Binary tree, Kind kind, Typed value, Typed pattern) {
    if (!textLike(value) || !textLike(pattern)) {
      return mismatchedText(tree, textLike(value) ? pattern : value);
    }
    Typed wanted = Coercion.to(DataType.STRING, pattern).orElse(pattern);
    if (kind == Kind.FINDS && Checking.constant(wanted).orElse(0) instanceof String written) {
      Optional<String> wrong = Patterns.problem(written);
      if (wrong.isPresent()) {
        return checking.problem(
            ProblemCode.E308, tree.right(), wrong.get(), "patterns are written as in RE2");
      }
    }
    return new Typed.Matching(
        Checking.truth(value, pattern), kind, value, wanted, checking.place(tree));
  }

  private static boolean textLike(Typed value) {
    return Checking.is(value, DataType.STRING) || Checking.is(value, DataType.JSON);
  }

  private Typed mismatchedText(Ast.Binary tree, Typed value) {
    return checking.problem(
        ProblemCode.E401,
        tree,
        "`" + tree.operator().sign() + "` works on text, not on " + value.type().type(),
        "make a text of it: to_string(x)");
  }

  Typed join(Ast tree, List<Typed> pieces) {
    if (Checking.isBroken(pieces.toArray(Typed[]::new))) {
      return checking.broken(tree);
    }
    for (Typed piece : pieces) {
      if (!scalar(piece.type().type())) {
        return checking.problem(
            ProblemCode.E401,
            tree,
            "text cannot be joined with " + piece.type().type(),
            "make a text of it: format_json(x), join(list, ', ')");
      }
    }
    return new Typed.Join(
        new ValueType(DataType.STRING, Coercion.anyOptional(pieces)), pieces, checking.place(tree));
  }

  private static boolean scalar(DataType type) {
    return (type instanceof DataType.Simple && !type.equals(DataType.BYTES))
        || type instanceof DataType.Decimal;
  }

  Typed element(Ast.Index tree, Typed of, Typed index) {
    if (Checking.isBroken(of, index)) {
      return checking.broken(tree);
    }
    DataType type = of.type().type();
    boolean byKey = Checking.is(index, DataType.STRING);
    if (type instanceof DataType.MapOf map && byKey) {
      return new Typed.Element(map.value().asOptional(), of, index, checking.place(tree));
    }
    if (type.equals(DataType.JSON) && (byKey || Checking.is(index, DataType.INT))) {
      return new Typed.Element(ValueType.optional(DataType.JSON), of, index, checking.place(tree));
    }
    Optional<Typed> number = Coercion.to(DataType.INT, index);
    if (type instanceof DataType.ListOf list && number.isPresent()) {
      return new Typed.Element(list.element().asOptional(), of, number.get(), checking.place(tree));
    }
    return checking.problem(
        ProblemCode.E401,
        tree.index(),
        "`[]` of " + type + " does not take " + index.type().type(),
        type.equals(DataType.STRING)
            ? "write substring(text, from, count)"
            : "lists take a number, maps a text, records a text in quotes");
  }

  Typed noCommonType(Ast tree, List<Typed> values) {
    List<String> types = values.stream().map(v -> v.type().type().toString()).distinct().toList();
    return checking.problem(
        ProblemCode.E401,
        tree,
        "the values are of types that do not go together: " + String.join(", ", types),
        "cast them to one: to_string(x), to_double(x)");
  }

  Typed mismatch(Ast.Binary tree, Typed left, Typed right) {
    if (Checking.isJson(left) && Checking.isJson(right)) {
      return checking.problem(
          ProblemCode.E405,
          tree,
          "`" + tree.operator().sign() + "` does not know what the json values are",
          "say it: to_int(x), to_double(x), to_string(x)");
    }
    DataType a = left.type().type();
    DataType b = right.type().type();
    return checking.problem(
        ProblemCode.E401,
        tree,
        "`" + tree.operator().sign() + "` does not go with " + a + " and " + b,
        castHint(tree, left, right));
  }

  private String castHint(Ast.Binary tree, Typed left, Typed right) {
    boolean textLeft = Checking.is(left, DataType.STRING);
    if (textLeft || Checking.is(right, DataType.STRING)) {
      DataType other = (textLeft ? right : left).type().type();
      String written = checking.place(textLeft ? tree.left() : tree.right()).written();
      return "cast the text: " + Coercion.cast(other) + "(" + cut(written) + ")";
    }
    if (Checking.isNumber(left) && Checking.isNumber(right)) {
      String written =
          checking.place(Checking.isDecimal(left) ? tree.left() : tree.right()).written();
      return "cast the decimal: to_double(" + cut(written) + ")";
    }
    return "cast one side to the other's type";
  }

  /** Keeps hints short. */
  private static String cut(String written) {
    return written.length() <= 30 ? written : "...";
  }
}
