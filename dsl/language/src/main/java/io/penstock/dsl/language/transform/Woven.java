package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An expression put together out of expressions that the user wrote and text of our own, in which a
 * problem is still shown at the place where the user wrote it.
 */
final class Woven {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Set<String> WORDS =
      Set.of(
          "and", "or", "not", "in", "eq", "ne", "lt", "le", "gt", "ge", "true", "false", "null",
          "meta", "params", "row", "where", "new", "if", "for", "while", "var", "return");

  private final Origin origin;
  private final StringBuilder text = new StringBuilder();
  private final List<Piece> pieces = new ArrayList<>();

  /** Own text is shown at this place. */
  Woven(Origin origin) {
    this.origin = origin;
  }

  private record Piece(int from, int to, ExpressionText written) {}

  /** Text of our own as an expression. */
  static ExpressionText own(String text, Origin origin) {
    return new Woven(origin).text(text).done();
  }

  Woven text(String own) {
    text.append(own);
    return this;
  }

  Woven expression(ExpressionText written) {
    int from = text.length();
    text.append(written.text());
    pieces.add(new Piece(from, text.length(), written));
    return this;
  }

  ExpressionText done() {
    List<Piece> all = List.copyOf(pieces);
    return new ExpressionText(text.toString(), (offset, length) -> place(all, offset, length));
  }

  private Origin place(List<Piece> all, int offset, int length) {
    for (Piece piece : all) {
      if (offset >= piece.from && offset < piece.to) {
        int inside = Math.min(length, piece.to - offset);
        return piece.written.places().at(offset - piece.from, inside);
      }
    }
    return origin;
  }

  /** How a field is named in an expression. */
  static String field(String name) {
    return PLAIN.matcher(name).matches() && !WORDS.contains(name)
        ? name
        : "row[" + quoted(name) + "]";
  }

  /** How the field at a path is named in an expression. */
  static String path(FieldPath path) {
    StringBuilder named = new StringBuilder(field(path.first()));
    for (String name : path.names().subList(1, path.names().size())) {
      named.append(member(name));
    }
    return named.toString();
  }

  /** How a member of a record is named behind the record. */
  static String member(String name) {
    boolean plain = PLAIN.matcher(name).matches() && !WORDS.contains(name);
    return plain ? "." + name : "[" + quoted(name) + "]";
  }

  /** A path into json as its functions take it. */
  static String jsonPath(List<String> names) {
    StringBuilder path = new StringBuilder("$");
    names.forEach(name -> path.append("['").append(name).append("']"));
    return path.toString();
  }

  /** A text as a literal. */
  static String quoted(String text) {
    return "'"
        + text.replace("\\", "\\\\")
            .replace("'", "\\'")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + "'";
  }
}
