package io.penstock.core.expression.script;

import io.penstock.api.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.parser.ASTArrayLiteral;
import org.apache.commons.jexl3.parser.ASTFalseNode;
import org.apache.commons.jexl3.parser.ASTMapLiteral;
import org.apache.commons.jexl3.parser.ASTNullLiteral;
import org.apache.commons.jexl3.parser.ASTNumberLiteral;
import org.apache.commons.jexl3.parser.ASTSetLiteral;
import org.apache.commons.jexl3.parser.ASTStringLiteral;
import org.apache.commons.jexl3.parser.ASTTrueNode;
import org.apache.commons.jexl3.parser.JexlNode;
import org.jspecify.annotations.Nullable;

/** Values that are written out. */
final class Literals {
  private static final Pattern DIGITS = Pattern.compile("\\d+(\\.\\d+)?(?![\\w.])");

  private final ScriptCompiler compiler;
  private final Uses uses;

  Literals(ScriptCompiler compiler, Uses uses) {
    this.compiler = compiler;
    this.uses = uses;
  }

  void addTo(Map<Class<?>, Function<JexlNode, Code>> makers) {
    makers.put(ASTNullLiteral.class, node -> constant(null));
    makers.put(ASTTrueNode.class, node -> constant(true));
    makers.put(ASTFalseNode.class, node -> constant(false));
    makers.put(ASTStringLiteral.class, node -> constant(((ASTStringLiteral) node).getLiteral()));
    makers.put(ASTNumberLiteral.class, node -> number((ASTNumberLiteral) node));
    makers.put(ASTArrayLiteral.class, this::list);
    makers.put(ASTMapLiteral.class, this::record);
    makers.put(ASTSetLiteral.class, this::set);
  }

  private static Code constant(@Nullable Object value) {
    return run -> value;
  }

  /** A literal as it is written in the language of expressions; empty for what is none. */
  static Optional<String> written(JexlNode node) {
    if (node instanceof ASTStringLiteral text) {
      return Optional.of(quoted(text.getLiteral()));
    }
    if (node instanceof ASTNumberLiteral number && number.isInteger()) {
      return Optional.of(number.getLiteral().toString());
    }
    if (node instanceof ASTTrueNode || node instanceof ASTFalseNode) {
      return Optional.of(node instanceof ASTTrueNode ? "true" : "false");
    }
    return Optional.empty();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\'', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('\'').toString();
  }

  /** With a point and without an exponent a number is an exact decimal, as in expressions. */
  private Code number(ASTNumberLiteral node) {
    Number literal = node.getLiteral();
    Place place = compiler.place(node);
    String code = place.text().text();
    Matcher digits = DIGITS.matcher(code).region(place.offset(), code.length());
    boolean plain = digits.useTransparentBounds(true).lookingAt();
    if (plain && digits.group(1) != null) {
      return constant(new BigDecimal(digits.group()));
    }
    if (plain && digits.group().length() > 1 && code.charAt(place.offset()) == '0') {
      return wrong(place, digits.group(), "has a leading zero", "write it without the zero");
    }
    if (literal instanceof Integer || literal instanceof Long) {
      return constant(literal.longValue());
    }
    if (literal instanceof Double || literal instanceof Float) {
      return constant(literal.doubleValue());
    }
    if (literal instanceof BigDecimal) {
      return constant(literal);
    }
    return wrong(
        place, literal.toString(), "does not fit 64 bits", "write it with a point: 1.0 is exact");
  }

  private Code wrong(Place place, String written, String what, String hint) {
    uses.problems.add(
        ProblemCode.E307,
        place.text().places().at(place.offset(), written.length()),
        "the number `" + written + "` " + what,
        hint);
    return constant(null);
  }

  private Code list(JexlNode node) {
    int count = node.jjtGetNumChildren();
    Code[] elements = new Code[count];
    for (int i = 0; i < count; i++) {
      elements[i] = compiler.code(node.jjtGetChild(i));
    }
    Place place = compiler.place(node);
    return run -> {
      List<@Nullable Object> list = new ArrayList<>(count);
      for (Code element : elements) {
        list.add(element.run(run));
      }
      made(run, count, place);
      return list;
    };
  }

  private static void made(Run run, int parts, Place place) {
    try {
      run.budget.make(16L * parts);
    } catch (ScriptFailure failure) {
      throw failure.at(place);
    }
  }

  private Code record(JexlNode node) {
    int count = node.jjtGetNumChildren();
    Code[] names = new Code[count];
    Code[] values = new Code[count];
    for (int i = 0; i < count; i++) {
      JexlNode entry = node.jjtGetChild(i);
      names[i] = compiler.code(entry.jjtGetChild(0));
      values[i] = compiler.code(entry.jjtGetChild(1));
    }
    Place place = compiler.place(node);
    return run -> {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        Object name = names[i].run(run);
        if (!(name instanceof String text)) {
          throw ScriptFailure.kind("a name in `{ }` is a text, not " + ScriptValues.kind(name))
              .at(place);
        }
        record.put(text, values[i].run(run));
      }
      made(run, 4 * count, place);
      return record;
    };
  }

  /** The parser takes {@code {}} for an empty set; sets are no values here. */
  private Code set(JexlNode node) {
    return node.jjtGetNumChildren() == 0
        ? record(node)
        : uses.refuse(
            compiler.place(node),
            "a set is not in the language of scripts",
            "write a list, `[a, b]`, or a record, `{'a': 1}`");
  }
}
