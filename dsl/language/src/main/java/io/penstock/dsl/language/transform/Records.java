package io.penstock.dsl.language.transform;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Entry;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one expression of a record out of those that are assigned to paths with one parent. */
final class Records {
  private Records() {}

  /** The same assignments, each to a name; a path that is set twice is reported and left out. */
  static List<Entry<ExpressionText>> made(
      List<Entry<ExpressionText>> entries, StepContext context) {
    Map<String, List<Entry<ExpressionText>>> fields = new LinkedHashMap<>();
    for (Entry<ExpressionText> entry : entries) {
      List<Entry<ExpressionText>> same =
          fields.computeIfAbsent(entry.name().first(), name -> new ArrayList<>());
      if (same.stream().anyMatch(other -> overlap(other.name(), entry.name()))) {
        context.problem(
            ProblemCode.E409,
            entry.origin(),
            "`" + entry.name() + "` is set twice, or together with a part of it",
            "set it once");
      } else {
        same.add(entry);
      }
    }
    List<Entry<ExpressionText>> made = new ArrayList<>();
    fields.forEach(
        (name, same) -> {
          Entry<ExpressionText> first = same.get(0);
          made.add(
              new Entry<>(FieldPath.of(name), first.origin(), value(same, 1), first.valueOrigin()));
        });
    return made;
  }

  private static ExpressionText value(List<Entry<ExpressionText>> entries, int depth) {
    Entry<ExpressionText> first = entries.get(0);
    if (first.name().names().size() == depth) {
      return first.value();
    }
    Map<String, List<Entry<ExpressionText>>> members = new LinkedHashMap<>();
    for (Entry<ExpressionText> entry : entries) {
      members
          .computeIfAbsent(entry.name().names().get(depth), name -> new ArrayList<>())
          .add(entry);
    }
    Woven woven = new Woven(first.origin()).text("{");
    String between = "";
    for (Map.Entry<String, List<Entry<ExpressionText>>> member : members.entrySet()) {
      woven.text(between + Woven.quoted(member.getKey()) + ": (");
      woven.expression(value(member.getValue(), depth + 1)).text(")");
      between = ", ";
    }
    return woven.text("}").done();
  }

  private static boolean overlap(FieldPath a, FieldPath b) {
    int shorter = Math.min(a.names().size(), b.names().size());
    return a.names().subList(0, shorter).equals(b.names().subList(0, shorter));
  }
}
