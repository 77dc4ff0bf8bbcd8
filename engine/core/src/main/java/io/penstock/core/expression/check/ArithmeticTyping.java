package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.SchemaTypes;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.syntax.Operator;
import io.penstock.core.expression.typed.Typed;
import io.penstock.core.expression.typed.Typed.Arithmetic.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types of {@code + - * / %}. */
final class ArithmeticTyping {
  /** What a json number is next to a decimal: exact to ten places. */
  private static final DataType.Decimal JSON_DECIMAL = new DataType.Decimal(28, 10);

  private static final int LEAST_SCALE = 6;

  private final Checking checking;
  private final OperatorTyping operators;

  ArithmeticTyping(Checking checking, OperatorTyping operators) {
    this.checking = checking;
    this.operators = operators;
  }

  Typed negate(Ast tree, Typed operand) {
    if (Checking.isNull(operand)) {
      return Coercion.nullOf(DataType.INT, operand);
    }
    if (!Checking.isNumber(operand) && !Checking.is(operand, DataType.DURATION)) {
      return checking.problem(
          Checking.isJson(operand) ? ProblemCode.E405 : ProblemCode.E401,
          tree,
          "`-` works on numbers, not on " + operand.type().type(),
          "cast it: to_int(x), to_double(x)");
    }
    return new Typed.Negate(operand.type(), operand, checking.place(tree));
  }

  Typed binary(Ast.Binary tree, Typed left, Typed right) {
    Sign sign = sign(tree.operator());
    boolean text = Checking.is(left, DataType.STRING) || Checking.is(right, DataType.STRING);
    if (sign == Sign.PLUS && text) {
      return operators.join(tree, flattened(left, right));
    }
    Optional<Typed> time = time(tree, sign, left, right);
    if (time.isPresent()) {
      return time.get();
    }
    return numbers(tree, sign, left, right);
  }

  private static Sign sign(Operator operator) {
    return switch (operator) {
      case PLUS -> Sign.PLUS;
      case MINUS -> Sign.MINUS;
      case TIMES -> Sign.TIMES;
      case OVER -> Sign.OVER;
      case MODULO -> Sign.MODULO;
      case COALESCE,
          OR,
          AND,
          NOT,
          EQUAL,
          UNEQUAL,
          SAME,
          NOT_SAME,
          LESS,
          AT_MOST,
          MORE,
          AT_LEAST,
          IN,
          FINDS,
          FINDS_NOT,
          STARTS,
          STARTS_NOT,
          ENDS,
          ENDS_NOT,
          NEGATE ->
          throw new IllegalStateException(operator.sign());
    };
  }

  /** {@code a + b + c} as one joining. */
  private static List<Typed> flattened(Typed left, Typed right) {
    List<Typed> pieces = new ArrayList<>();
    if (left instanceof Typed.Join join) {
      pieces.addAll(join.texts());
    } else {
      pieces.add(left);
    }
    pieces.add(right);
    return pieces;
  }

  private Optional<Typed> time(Ast tree, Sign sign, Typed left, Typed right) {
    boolean plus = sign == Sign.PLUS;
    boolean minus = sign == Sign.MINUS;
    if (Checking.is(left, DataType.TIMESTAMP) && minus) {
      Typed other = Coercion.to(DataType.TIMESTAMP, right).orElse(right);
      if (Checking.is(other, DataType.TIMESTAMP)) {
        return Optional.of(arithmetic(DataType.DURATION, sign, left, other, tree));
      }
    }
    if ((plus || minus)
        && (Checking.is(left, DataType.TIMESTAMP) || Checking.is(left, DataType.DURATION))) {
      Typed other = Coercion.to(DataType.DURATION, right).orElse(right);
      if (Checking.is(other, DataType.DURATION)) {
        return Optional.of(arithmetic(left.type().type(), sign, left, other, tree));
      }
    }
    if (plus && Checking.is(left, DataType.DURATION) && Checking.is(right, DataType.TIMESTAMP)) {
      return Optional.of(arithmetic(DataType.TIMESTAMP, sign, right, left, tree));
    }
    if (sign == Sign.TIMES) {
      boolean first = Checking.is(left, DataType.DURATION) && Checking.is(right, DataType.INT);
      boolean second = Checking.is(right, DataType.DURATION) && Checking.is(left, DataType.INT);
      if (first || second) {
        return Optional.of(arithmetic(DataType.DURATION, sign, left, right, tree));
      }
    }
    return Optional.empty();
  }

  private Typed arithmetic(DataType type, Sign sign, Typed left, Typed right, Ast tree) {
    return new Typed.Arithmetic(
        new ValueType(type, Checking.anyOptional(left, right)),
        sign,
        left,
        right,
        checking.place(tree));
  }

  private Typed numbers(Ast.Binary tree, Sign sign, Typed left, Typed right) {
    if (Checking.isNull(left) && Checking.isNull(right)) {
      return Coercion.nullOf(DataType.INT, left);
    }
    if (Checking.isNull(left) || Checking.isNull(right)) {
      Typed other = Checking.isNull(left) ? right : left;
      return Checking.isNumber(other)
          ? Coercion.nullOf(other.type().type(), left)
          : operators.mismatch(tree, left, right);
    }
    if (Checking.isJson(left) && Checking.isJson(right)) {
      return operators.mismatch(tree, left, right);
    }
    if (!numeric(left) || !numeric(right)) {
      return listHint(tree, sign, left, right);
    }
    if (Checking.isDecimal(left) || Checking.isDecimal(right)) {
      return decimals(tree, sign, left, right);
    }
    boolean doubles =
        sign == Sign.OVER
            || Checking.is(left, DataType.DOUBLE)
            || Checking.is(right, DataType.DOUBLE);
    DataType type = doubles ? DataType.DOUBLE : DataType.INT;
    return arithmetic(type, sign, as(type, left), as(type, right), tree);
  }

  private Typed listHint(Ast.Binary tree, Sign sign, Typed left, Typed right) {
    if (sign == Sign.PLUS && left.type().type() instanceof DataType.ListOf) {
      return checking.problem(
          ProblemCode.E401, tree, "lists are not joined by `+`", "write list_concat(a, b)");
    }
    if (Checking.is(left, DataType.DATE) || Checking.is(right, DataType.DATE)) {
      return checking.problem(
          ProblemCode.E401,
          tree,
          "`" + tree.operator().sign() + "` does not work on dates",
          "write date_add(day, 1, 'day') or date_diff(a, b, 'day')");
    }
    return operators.mismatch(tree, left, right);
  }

  private static boolean numeric(Typed value) {
    return Checking.isNumber(value) || Checking.isJson(value);
  }

  private static Typed as(DataType type, Typed value) {
    return Coercion.to(type, value).orElseThrow();
  }

  private Typed decimals(Ast.Binary tree, Sign sign, Typed left, Typed right) {
    boolean doubleLeft = Checking.is(left, DataType.DOUBLE);
    boolean doubleRight = Checking.is(right, DataType.DOUBLE);
    if (doubleLeft || doubleRight) {
      Typed decimal = doubleLeft ? right : left;
      Typed number = doubleLeft ? left : right;
      if (!Checking.isLiteral(decimal) && !Checking.isLiteral(number)) {
        return operators.mismatch(tree, left, right);
      }
      if (Checking.isLiteral(decimal)) {
        return arithmetic(
            DataType.DOUBLE, sign, as(DataType.DOUBLE, left), as(DataType.DOUBLE, right), tree);
      }
      return operators.mismatch(tree, left, right);
    }
    Typed one = asDecimal(left);
    Typed other = asDecimal(right);
    return arithmetic(
        result(sign, (DataType.Decimal) one.type().type(), (DataType.Decimal) other.type().type()),
        sign,
        one,
        other,
        tree);
  }

  private static Typed asDecimal(Typed value) {
    return Checking.isJson(value)
        ? Coercion.convert(JSON_DECIMAL, value)
        : as(TypeChecker.decimalOf(value), value);
  }

  /** SQL's rules; past 38 digits at least six places are kept. */
  static DataType.Decimal result(Sign sign, DataType.Decimal a, DataType.Decimal b) {
    int wholeA = a.precision() - a.scale();
    int wholeB = b.precision() - b.scale();
    int scale = Math.max(a.scale(), b.scale());
    return switch (sign) {
      case PLUS, MINUS -> SchemaTypes.cut(Math.max(wholeA, wholeB) + scale + 1, scale);
      case TIMES -> SchemaTypes.cut(a.precision() + b.precision(), a.scale() + b.scale());
      case OVER -> {
        int places = Math.max(LEAST_SCALE, a.scale() + b.precision() + 1);
        yield SchemaTypes.cut(wholeA + b.scale() + places, places);
      }
      case MODULO -> SchemaTypes.cut(Math.min(wholeA, wholeB) + scale, scale);
    };
  }
}
