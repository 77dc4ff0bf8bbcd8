package io.penstock.core.expression.script;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.jexl3.parser.ASTJexlScript;
import org.apache.commons.jexl3.parser.JexlNode;

/**
 * Makes code out of the parser's tree. Each kind of node that is in the language has its maker; a
 * kind without one is refused, so nothing that the parser may learn comes in by itself.
 */
final class ScriptCompiler {
  /** Kinds of nodes that people write, by the word that they begin with. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("ConstructorNode", "new"),
          Map.entry("TryStatement", "try"),
          Map.entry("ThrowStatement", "throw"),
          Map.entry("SwitchStatement", "switch"),
          Map.entry("InstanceOf", "instanceof"),
          Map.entry("NotInstanceOf", "instanceof"),
          Map.entry("RangeNode", ".."),
          Map.entry("ExtendedLiteral", "..."),
          Map.entry("BitwiseAndNode", "&"),
          Map.entry("BitwiseOrNode", "|"),
          Map.entry("BitwiseXorNode", "^"),
          Map.entry("BitwiseComplNode", "~"),
          Map.entry("ShiftLeftNode", "<<"),
          Map.entry("ShiftRightNode", ">>"),
          Map.entry("ShiftRightUnsignedNode", ">>>"));

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("new", "use records, lists and the functions: a script makes no objects"),
          Map.entry("try", "test first; what fails follows `on_error` of the step"),
          Map.entry("throw", "call `error('what is wrong')`; the row then follows `on_error`"),
          Map.entry("switch", "write `if ... else if ...`"),
          Map.entry("instanceof", "call `type_of(x)`"),
          Map.entry("..", "a range stands in `for (i : 1..9)`; a list is made by `range(1, 10)`"),
          Map.entry("...", "write the elements alone"),
          Map.entry("&", "call `bit_and(a, b)`, or write `and`"),
          Map.entry("|", "call `bit_or(a, b)`, or write `or`"),
          Map.entry("^", "call `bit_xor(a, b)`"),
          Map.entry("~", "call `bit_not(a)`"),
          Map.entry("<<", "call `shift(a, n)`"),
          Map.entry(">>", "call `shift(a, -n)`"),
          Map.entry(">>>", "call `shift(a, -n)`"));

  private final Map<Class<?>, Function<JexlNode, Code>> makers = new HashMap<>();
  private final Uses uses;
  private final Scopes scopes = new Scopes();
  private final Statements statements;

  ScriptCompiler(Uses uses) {
    this.uses = uses;
    this.statements = new Statements(this, scopes);
    statements.addTo(makers);
    new Operators(this, uses).addTo(makers);
    new Literals(this, uses).addTo(makers);
    new Parts(this, scopes, uses).addTo(makers);
    new Functions(this, scopes, uses).addTo(makers);
  }

  Code script(ASTJexlScript tree) {
    return statements.sequence(tree);
  }

  int variables() {
    return scopes.slots();
  }

  Code code(JexlNode node) {
    Function<JexlNode, Code> maker = makers.get(node.getClass());
    if (maker != null) {
      return maker.apply(node);
    }
    String kind = node.getClass().getSimpleName().replaceFirst("^AST", "");
    String word = WORDS.getOrDefault(kind, kind.replaceFirst("Node$", ""));
    return uses.refuse(
        place(node),
        "`" + word + "` is not in the language of scripts",
        HINTS.getOrDefault(word, "write it with variables, `if`, loops and functions"));
  }

  Place place(JexlNode node) {
    return uses.lines.place(node);
  }
}
