package io.penstock.core.upgrade;

import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An expression as canonical text, from its typed tree: spaces, brackets and names of parameters of
 * the author do not show, nor where it stands, nor whether a value may be null. Implicit
 * conversions show. A secret shows as a secret, whatever it is.
 */
final class ExpressionPrint {
  private ExpressionPrint() {}

  static String of(Expression expression) {
    return of(expression.root());
  }

  static String all(List<Expression> expressions) {
    return Words.list(expressions.stream().map(ExpressionPrint::of).toList());
  }

  static String optional(Optional<Expression> expression) {
    return expression.map(ExpressionPrint::of).orElse("none");
  }

  static String named(List<NamedExpression> expressions) {
    return Words.list(
        expressions.stream().map(e -> Words.name(e.name()) + " = " + of(e.expression())).toList());
  }

  private static String of(Typed tree) {
    if (tree instanceof Typed.Constant constant) {
      return constant(constant);
    }
    if (tree instanceof Typed.Column column) {
      return Words.name(column.name());
    }
    if (tree instanceof Typed.WholeRow) {
      return "row";
    }
    if (tree instanceof Typed.Local local) {
      return "$" + local.slot();
    }
    if (tree instanceof Typed.Meta meta) {
      return "meta." + Words.name(meta.name());
    }
    if (tree instanceof Typed.RecordField field) {
      return of(field.record()) + "." + Words.name(field.name());
    }
    if (tree instanceof Typed.JsonMember member) {
      return of(member.json()) + ".json." + Words.name(member.name());
    }
    if (tree instanceof Typed.Element element) {
      return of(element.of()) + "[" + of(element.index()) + "]";
    }
    return operator(tree);
  }

  private static String constant(Typed.Constant constant) {
    return constant.secret()
        ? "secret"
        : ValuePrint.of(constant.type().type(), constant.value()) + ":" + constant.type().type();
  }

  private static String operator(Typed tree) {
    if (tree instanceof Typed.Convert convert) {
      return call("as " + convert.type().type(), List.of(convert.value()));
    }
    if (tree instanceof Typed.Cast cast) {
      return call("cast " + cast.type().type(), List.of(cast.value()));
    }
    if (tree instanceof Typed.Arithmetic arithmetic) {
      return call(Words.of(arithmetic.sign()), tree.parts());
    }
    if (tree instanceof Typed.Comparison comparison) {
      return call(Words.of(comparison.order()), tree.parts());
    }
    if (tree instanceof Typed.Logic logic) {
      return call(logic.and() ? "and" : "or", tree.parts());
    }
    if (tree instanceof Typed.Matching matching) {
      return call(Words.of(matching.kind()), tree.parts());
    }
    if (tree instanceof Typed.Invoke invoke) {
      return call(invoke.function().name(), tree.parts());
    }
    if (tree instanceof Typed.LambdaMaking lambda) {
      return lambda.slots() + " -> " + of(lambda.body());
    }
    if (tree instanceof Typed.RecordMaking record) {
      return call("record " + record.type().type(), tree.parts());
    }
    // What is left differs by its kind alone.
    return call(kind(tree), tree.parts());
  }

  private static String kind(Typed tree) {
    return tree.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  private static String call(String name, List<Typed> parts) {
    List<String> texts = new ArrayList<>();
    parts.forEach(part -> texts.add(of(part)));
    return name + "(" + Words.list(texts) + ")";
  }
}
