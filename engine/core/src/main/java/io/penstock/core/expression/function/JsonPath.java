package io.penstock.core.expression.function;

import io.penstock.api.data.ValueType;
import io.penstock.core.expression.EvaluationException;
import io.penstock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path into json: {@code $.a.b[0]['any name']}; the {@code $.} may be left out, a negative index
 * counts from the end.
 */
record JsonPath(List<Object> steps) {
  private static final int MAX_INDEX = 100_000;

  JsonPath {
    steps = List.copyOf(steps);
  }

  static JsonPath of(String text) {
    List<Object> steps = new ArrayList<>();
    int at = text.startsWith("$") ? 1 : 0;
    boolean dot = at == 1;
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        int end = text.indexOf(']', quoteEnd(text, at + 1));
        if (end < 0) {
          throw broken(text);
        }
        steps.add(bracket(text, text.substring(at + 1, end)));
        at = end + 1;
      } else {
        at += text.charAt(at) == '.' && dot ? 1 : 0;
        int end = at;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end == at) {
          throw broken(text);
        }
        steps.add(text.substring(at, end));
        at = end;
      }
      dot = true;
    }
    return new JsonPath(steps);
  }

  /** What lies at the end of the path; empty where there is nothing. */
  Optional<Json> find(Json from) {
    Optional<Json> found = Optional.of(from);
    for (Object step : steps) {
      Json json = found.orElseThrow();
      found =
          step instanceof String name
              ? json.member(name)
              : json.element(index(json, ((Long) step)));
      if (found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  /** The value with another one at the end of the path; missing parents are made. */
  Json set(Json in, Json value) {
    return set(in, value, 0);
  }

  private Json set(Json in, Json value, int depth) {
    if (depth == steps.size()) {
      return value;
    }
    if (steps.get(depth) instanceof String name) {
      if (in.kind() != Json.Kind.OBJECT && !in.isNull()) {
        throw Failure.kind(in, "record, so nothing can be set in it");
      }
      Map<String, Json> members = new LinkedHashMap<>(in.members());
      members.put(name, set(members.getOrDefault(name, Json.ofNull()), value, depth + 1));
      return Json.object(members);
    }
    if (in.kind() != Json.Kind.LIST && !in.isNull()) {
      throw Failure.kind(in, "list, so nothing can be set in it");
    }
    List<Json> elements = new ArrayList<>(in.elements());
    int index = index(in, (Long) steps.get(depth));
    if (index < 0 || index > MAX_INDEX) {
      throw Failure.domain("the list has no place `" + steps.get(depth) + "`");
    }
    while (elements.size() <= index) {
      elements.add(Json.ofNull());
    }
    elements.set(index, set(elements.get(index), value, depth + 1));
    return Json.list(elements);
  }

  private static int index(Json list, long index) {
    long resolved = index < 0 ? index + list.size() : index;
    return (int) Math.max(-1, Math.min(resolved, Integer.MAX_VALUE));
  }

  private static int quoteEnd(String text, int from) {
    if (from < text.length() && text.charAt(from) == '\'') {
      int end = text.indexOf('\'', from + 1);
      return end < 0 ? text.length() : end;
    }
    return from;
  }

  private static Object bracket(String text, String inside) {
    if (inside.length() >= 2 && inside.startsWith("'") && inside.endsWith("'")) {
      return inside.substring(1, inside.length() - 1);
    }
    if (!inside.matches("-?[0-9]{1,9}")) {
      throw broken(text);
    }
    return Long.valueOf(inside);
  }

  private static EvaluationException broken(String text) {
    return Failure.domain(Failure.quoted(text) + " is no path such as $.a.b[0]['any name']");
  }

  /** A constant path is checked before the run. */
  public static final class ConstantPath implements Typing {
    @Override
    public ValueType result(Arguments arguments) {
      Optional<Object> path = arguments.constant(1);
      if (path.isPresent() && path.get() instanceof String text) {
        try {
          of(text);
        } catch (EvaluationException broken) {
          throw new Typing.Mistake(1, broken.text(), "Names with other signs stand in ['...']");
        }
      }
      return arguments.declared();
    }
  }
}
