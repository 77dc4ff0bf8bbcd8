package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Placed;
import io.penstock.api.problem.Origin;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import io.penstock.core.logical.RowOperations.Link;
import io.penstock.core.logical.RowOperations.RowOperation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code parse} with patterns, as a chain: hidden fields for the groups of each pattern, a rule
 * that one of them has matched, then the fields of the first that has.
 */
final class ParseByPattern {
  private final Parse parse;
  private final List<Placed<String>> patterns;
  private final StepContext context;
  private final List<Schema> groups = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private boolean whole = true;

  ParseByPattern(Parse parse, StepContext context) {
    this.parse = parse;
    this.patterns = parse.regex().or(parse::grok).orElseThrow().values();
    this.context = context;
  }

  Planned plan() {
    Rows matched = match();
    if (!whole) {
      return Planned.wrong(Rows.unknown());
    }
    StepContext after = context.over(matched);
    Origin at = parse.field().origin();
    if (parse.missing() == Parse.Missing.FAIL) {
      after
          .condition(Woven.own(any(), at))
          .ifPresent(rule -> links.add(new Link(matches(rule, at), matched.schema(), at)));
    }
    NewRow row = NewRow.changed(after);
    for (int i = 0; i < patterns.size(); i++) {
      row.drop(hidden(i));
    }
    results(row);
    Planned spread = row.done();
    if (!(spread.operation().orElse(null) instanceof RowOperation last)) {
      return Planned.wrong(spread.rows());
    }
    links.add(new Link(last, spread.rows().schema(), context.origin()));
    return Planned.of(new Operation.Chain(links), spread.rows());
  }

  /** The rule that a pattern has matched, as failures show it. */
  private Operation.Expect matches(Expression rule, Origin at) {
    String shown = parse.field().value() + " matches a pattern";
    Expression named =
        new Expression(
            Woven.own(shown, at),
            rule.root(),
            rule.fallible(),
            rule.deterministic(),
            rule.reads(),
            rule.meta());
    String name = parse.regex().isPresent() ? "regex" : "grok";
    return new Operation.Expect(List.of(new NamedExpression(name, named)), Optional.empty());
  }

  /** Adds a hidden field for each pattern: the record of its groups, or null. */
  private Rows match() {
    NewRow row = NewRow.changed(context);
    String text = Woven.path(parse.field().value());
    for (int i = 0; i < patterns.size(); i++) {
      String arguments = "(" + text + ", " + Woven.quoted(patterns.get(i).value()) + ")";
      ExpressionText written = Woven.own(match(arguments), patterns.get(i).origin());
      row.assignHidden(FieldPath.of(hidden(i)), patterns.get(i).origin(), written);
    }
    Planned planned = row.done();
    whole = planned.operation().isPresent();
    for (int i = 0; i < patterns.size() && whole; i++) {
      DataType type = planned.rows().schema().field(hidden(i)).orElseThrow().type().type();
      groups.add(type instanceof DataType.RecordOf record ? record.schema() : Schema.of());
    }
    planned
        .operation()
        .ifPresent(
            o -> links.add(new Link((RowOperation) o, planned.rows().schema(), context.origin())));
    return planned.rows();
  }

  /** The call that gives a pattern's record; null where it does not match. */
  private String match(String arguments) {
    if (parse.regex().isPresent()) {
      return "regex_groups" + arguments;
    }
    // One pattern that has to match says itself what is wrong with the text.
    boolean must = patterns.size() == 1 && parse.missing() == Parse.Missing.FAIL;
    return must ? "parse_grok" + arguments : "try(parse_grok" + arguments + ")";
  }

  private void results(NewRow row) {
    Set<String> names = new LinkedHashSet<>();
    groups.forEach(schema -> names.addAll(schema.names()));
    Origin at = context.origin();
    if (parse.into().isPresent()) {
      Placed<String> into = parse.into().get();
      if (place(into.value(), into.origin(), row)) {
        row.assign(FieldPath.of(into.value()), into.origin(), Woven.own(record(names), at));
      }
    } else {
      for (String name : names) {
        if (place(name, at, row)) {
          row.assign(FieldPath.of(name), at, Woven.own(group(name), at));
        }
      }
    }
    parse
        .matched()
        .filter(field -> place(field.value(), field.origin(), row))
        .ifPresent(
            field ->
                row.assign(FieldPath.of(field.value()), at, Woven.own(number(), field.origin())));
  }

  private boolean place(String name, Origin at, NewRow row) {
    if (!row.has(name) || parse.existing() == Operation.Existing.REPLACE) {
      return true;
    }
    if (parse.existing() == Operation.Existing.FAIL) {
      context.taken(name, at);
      row.fail();
    }
    return false;
  }

  private String record(Set<String> names) {
    StringBuilder text = new StringBuilder("if(" + any() + ", {");
    String between = "";
    for (String name : new TreeSet<>(names)) {
      text.append(between).append(Woven.quoted(name)).append(": ").append(group(name));
      between = ", ";
    }
    return text.append("}, null)").toString();
  }

  /** The group of the first pattern that has matched; null where that one has no such group. */
  private String group(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < patterns.size(); i++) {
      Optional<Field> field = groups.get(i).field(name);
      String value = field.isPresent() ? field(i) + Woven.member(name) : "null";
      boolean last = i == patterns.size() - 1;
      text.append(last ? value : "if(" + field(i) + " != null, " + value + ", ");
    }
    return text.append(")".repeat(patterns.size() - 1)).toString();
  }

  private String number() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < patterns.size(); i++) {
      text.append("if(").append(field(i)).append(" != null, ").append(i).append(", ");
    }
    return text.append("null").append(")".repeat(patterns.size())).toString();
  }

  private String any() {
    List<String> matched = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      matched.add(field(i) + " != null");
    }
    return String.join(" || ", matched);
  }

  private static String hidden(int pattern) {
    return "$" + pattern;
  }

  private static String field(int pattern) {
    return Woven.field(hidden(pattern));
  }
}
