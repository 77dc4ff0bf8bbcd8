package io.penstock.core.expression.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.commons.jexl3.parser.ASTAddNode;
import org.apache.commons.jexl3.parser.ASTAndNode;
import org.apache.commons.jexl3.parser.ASTDivNode;
import org.apache.commons.jexl3.parser.ASTEQNode;
import org.apache.commons.jexl3.parser.ASTEQSNode;
import org.apache.commons.jexl3.parser.ASTERNode;
import org.apache.commons.jexl3.parser.ASTEWNode;
import org.apache.commons.jexl3.parser.ASTGENode;
import org.apache.commons.jexl3.parser.ASTGTNode;
import org.apache.commons.jexl3.parser.ASTLENode;
import org.apache.commons.jexl3.parser.ASTLTNode;
import org.apache.commons.jexl3.parser.ASTModNode;
import org.apache.commons.jexl3.parser.ASTMulNode;
import org.apache.commons.jexl3.parser.ASTNENode;
import org.apache.commons.jexl3.parser.ASTNESNode;
import org.apache.commons.jexl3.parser.ASTNEWNode;
import org.apache.commons.jexl3.parser.ASTNRNode;
import org.apache.commons.jexl3.parser.ASTNSWNode;
import org.apache.commons.jexl3.parser.ASTNotNode;
import org.apache.commons.jexl3.parser.ASTNullLiteral;
import org.apache.commons.jexl3.parser.ASTNullpNode;
import org.apache.commons.jexl3.parser.ASTOrNode;
import org.apache.commons.jexl3.parser.ASTReferenceExpression;
import org.apache.commons.jexl3.parser.ASTSWNode;
import org.apache.commons.jexl3.parser.ASTSubNode;
import org.apache.commons.jexl3.parser.ASTTernaryNode;
import org.apache.commons.jexl3.parser.ASTUnaryMinusNode;
import org.apache.commons.jexl3.parser.ASTUnaryPlusNode;
import org.apache.commons.jexl3.parser.JexlNode;
import org.jspecify.annotations.Nullable;

/** Operators. Patterns are left to the language of expressions, whose matching cannot hang. */
final class Operators {
  private final ScriptCompiler compiler;
  private final Uses uses;

  Operators(ScriptCompiler compiler, Uses uses) {
    this.compiler = compiler;
    this.uses = uses;
  }

  void addTo(Map<Class<?>, Function<JexlNode, Code>> makers) {
    makers.put(ASTAddNode.class, node -> binary(node, Arithmetic::add));
    makers.put(ASTSubNode.class, node -> binary(node, Arithmetic::subtract));
    makers.put(ASTMulNode.class, node -> binary(node, Arithmetic::multiply));
    makers.put(ASTDivNode.class, node -> binary(node, Arithmetic::divide));
    makers.put(ASTModNode.class, node -> binary(node, Arithmetic::remainder));
    makers.put(ASTUnaryMinusNode.class, this::negation);
    makers.put(ASTUnaryPlusNode.class, node -> compiler.code(node.jjtGetChild(0)));
    makers.put(ASTAndNode.class, node -> Truth.chain(parts(node), false, compiler.place(node)));
    makers.put(ASTOrNode.class, node -> Truth.chain(parts(node), true, compiler.place(node)));
    makers.put(
        ASTNotNode.class,
        node -> Truth.not(compiler.code(node.jjtGetChild(0)), compiler.place(node)));
    makers.put(ASTEQNode.class, node -> equality(node, true));
    makers.put(ASTNENode.class, node -> equality(node, false));
    makers.put(ASTEQSNode.class, node -> binary(node, Comparison::equal));
    makers.put(
        ASTNESNode.class, node -> binary(node, (a, b, left) -> !Comparison.equal(a, b, left)));
    makers.put(ASTLTNode.class, node -> order(node, "<", sign -> sign < 0));
    makers.put(ASTLENode.class, node -> order(node, "<=", sign -> sign <= 0));
    makers.put(ASTGTNode.class, node -> order(node, ">", sign -> sign > 0));
    makers.put(ASTGENode.class, node -> order(node, ">=", sign -> sign >= 0));
    makers.put(ASTERNode.class, node -> matching(node, "=~"));
    makers.put(ASTNRNode.class, node -> matching(node, "!~"));
    makers.put(ASTSWNode.class, node -> matching(node, "=^"));
    makers.put(ASTNSWNode.class, node -> matching(node, "!^"));
    makers.put(ASTEWNode.class, node -> matching(node, "=$"));
    makers.put(ASTNEWNode.class, node -> matching(node, "!$"));
    makers.put(ASTTernaryNode.class, this::ternary);
    makers.put(ASTNullpNode.class, this::orElse);
    makers.put(ASTReferenceExpression.class, node -> compiler.code(node.jjtGetChild(0)));
  }

  private Code[] parts(JexlNode node) {
    Code[] parts = new Code[node.jjtGetNumChildren()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = compiler.code(node.jjtGetChild(i));
    }
    return parts;
  }

  private Code binary(JexlNode node, Arithmetic.Operator operator) {
    Code left = compiler.code(node.jjtGetChild(0));
    Code right = compiler.code(node.jjtGetChild(1));
    return applied(operator, left, right, compiler.place(node));
  }

  static Code applied(Arithmetic.Operator operator, Code left, Code right, Place place) {
    return run -> {
      Object a = left.run(run);
      Object b = right.run(run);
      try {
        run.budget.step();
        return operator.apply(a, b, run.budget);
      } catch (ScriptFailure failure) {
        throw failure.at(place);
      }
    };
  }

  private Code negation(JexlNode node) {
    Code value = compiler.code(node.jjtGetChild(0));
    return applied(
        (a, b, budget) -> Arithmetic.negate(a), value, run -> null, compiler.place(node));
  }

  /** With the literal {@code null} a test for null; else null where one side is. */
  private Code equality(JexlNode node, boolean wanted) {
    boolean test = isNull(node.jjtGetChild(0)) || isNull(node.jjtGetChild(1));
    return binary(
        node,
        (a, b, budget) ->
            !test && (a == null || b == null)
                ? nothing()
                : (Object) (Comparison.equal(a, b, budget) == wanted));
  }

  private static @Nullable Object nothing() {
    return null;
  }

  private static boolean isNull(JexlNode node) {
    return node instanceof ASTNullLiteral;
  }

  private Code order(JexlNode node, String sign, IntPredicate holds) {
    return binary(
        node,
        (a, b, budget) ->
            a == null || b == null
                ? nothing()
                : (Object) holds.test(Comparison.compare(a, b, sign, budget)));
  }

  private Code matching(JexlNode node, String sign) {
    List<Optional<String>> literals = new ArrayList<>();
    literals.add(Literals.written(node.jjtGetChild(0)));
    literals.add(Literals.written(node.jjtGetChild(1)));
    CallSite site = uses.operator(sign, literals, compiler.place(node));
    return Functions.calling(site, parts(node));
  }

  private Code ternary(JexlNode node) {
    if (node.jjtGetNumChildren() < 3) {
      return uses.refuse(
          compiler.place(node),
          "`?:` is not in the language of scripts",
          "write `a ?? b` for a null, or `a ? a : b`");
    }
    Code condition =
        Truth.condition(compiler.code(node.jjtGetChild(0)), compiler.place(node.jjtGetChild(0)));
    Code yes = compiler.code(node.jjtGetChild(1));
    Code no = compiler.code(node.jjtGetChild(2));
    return run -> Boolean.TRUE.equals(condition.run(run)) ? yes.run(run) : no.run(run);
  }

  private Code orElse(JexlNode node) {
    Code value = compiler.code(node.jjtGetChild(0));
    Code otherwise = compiler.code(node.jjtGetChild(1));
    return run -> {
      Object found = value.run(run);
      return found == null ? otherwise.run(run) : found;
    };
  }
}
