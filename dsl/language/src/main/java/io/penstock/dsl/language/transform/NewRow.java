package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.FieldPath;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.logical.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the row that a step makes: fields that stay, and fields that are assigned by path, with
 * missing parents made as records. All expressions see the row as it came in.
 */
final class NewRow {
  private final StepContext context;
  private final boolean keeps;
  private final Map<String, List<Assigned>> fields = new LinkedHashMap<>();
  private final Set<String> leaving = new LinkedHashSet<>();
  private boolean wrong;

  private NewRow(StepContext context, boolean keeps) {
    this.context = context;
    this.keeps = keeps;
    if (keeps) {
      context.schema().names().forEach(name -> fields.put(name, List.of()));
    }
  }

  /**
   * What happens to a field or a part of one.
   *
   * @param below the way from the field to the part
   * @param value empty where the part is taken out
   */
  private record Assigned(
      List<String> below,
      Origin origin,
      Optional<ExpressionText> value,
      Optional<ValueType> wanted) {
    Assigned(List<String> below, Origin origin, ExpressionText value) {
      this(below, origin, Optional.of(value), Optional.empty());
    }

    Assigned inside() {
      return new Assigned(below.subList(1, below.size()), origin, value, wanted);
    }
  }

  /** The row as it came in, to be changed. */
  static NewRow changed(StepContext context) {
    return new NewRow(context, true);
  }

  /** A row without fields but the working ones. */
  static NewRow empty(StepContext context) {
    return new NewRow(context, false);
  }

  /** Gives a field a value. */
  void assign(FieldPath path, Origin origin, ExpressionText value) {
    add(path, new Assigned(below(path), origin, value));
  }

  /** Takes a field or a part of one out. */
  void remove(FieldPath path, Origin origin) {
    if (!context.rows().has(path.first())) {
      context.unknownField(path.first(), origin);
      wrong = true;
    } else if (path.names().size() == 1) {
      drop(path.first());
    } else {
      add(path, new Assigned(below(path), origin, Optional.empty(), Optional.empty()));
    }
  }

  private static List<String> below(FieldPath path) {
    return path.names().subList(1, path.names().size());
  }

  private void add(FieldPath path, Assigned assigned) {
    List<Assigned> before = fields.getOrDefault(path.first(), List.of());
    boolean clash = before.stream().anyMatch(a -> overlap(a.below, assigned.below));
    if (clash) {
      wrong = true;
      context.problem(
          ProblemCode.E409,
          assigned.origin,
          "`" + path + "` is set twice, or together with a part of it",
          "set it once");
      return;
    }
    List<Assigned> all = new ArrayList<>(before);
    all.add(assigned);
    fields.put(path.first(), all);
    leaving.add(path.first());
  }

  /** Gives a field a value of this type. */
  void assign(String name, Origin origin, ExpressionText value, ValueType wanted) {
    fields.put(
        name, List.of(new Assigned(List.of(), origin, Optional.of(value), Optional.of(wanted))));
    leaving.add(name);
  }

  /** Gives a working field a value: what the rest has under that name stays there. */
  void assignHidden(FieldPath path, Origin origin, ExpressionText value) {
    boolean left = leaving.contains(path.first());
    assign(path, origin, value);
    if (!left) {
      leaving.remove(path.first());
    }
  }

  /** Takes a field out. */
  void drop(String name) {
    fields.remove(name);
    leaving.add(name);
  }

  /** Whether the row has a field of this name so far. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Puts a field in the place of another one. */
  void replace(String old, String name, Origin origin, ExpressionText value) {
    Map<String, List<Assigned>> before = new LinkedHashMap<>(fields);
    fields.clear();
    before.forEach(
        (field, assigned) -> {
          if (field.equals(old)) {
            fields.put(name, List.of(new Assigned(List.of(), origin, value)));
          } else {
            fields.put(field, assigned);
          }
        });
    leaving.add(old);
    leaving.add(name);
  }

  /** A step that something is wrong with, though each expression may be right. */
  void fail() {
    wrong = true;
  }

  /** The step. */
  Planned done() {
    if (!keeps) {
      context.rows().working().forEach(name -> fields.putIfAbsent(name, List.of()));
    }
    List<Field> types = new ArrayList<>();
    List<NamedExpression> expressions = new ArrayList<>();
    Set<String> doubtful = new HashSet<>(context.rows().doubtful());
    fields.forEach(
        (name, assigned) -> {
          if (assigned.isEmpty()) {
            types.add(context.schema().field(name).orElseThrow());
            expressions.add(new NamedExpression(name, context.copy(name, context.origin())));
            return;
          }
          Optional<ValueType> wanted = assigned.get(0).wanted;
          Optional<Expression> value =
              value(name, assigned)
                  .flatMap(
                      text ->
                          wanted.isPresent()
                              ? context.check(text, wanted.get())
                              : context.check(text));
          types.add(
              new Field(
                  name, value.map(Expression::type).orElse(ValueType.optional(DataType.JSON))));
          value.ifPresentOrElse(
              e -> {
                doubtful.remove(name);
                expressions.add(new NamedExpression(name, e));
              },
              () -> doubtful.add(name));
        });
    boolean open = keeps && context.schema().open();
    Rows rows = context.rows().with(new Schema(types, open), doubtful);
    if (wrong || expressions.size() < fields.size()) {
      return Planned.wrong(rows);
    }
    Optional<Set<String>> rest = open ? Optional.of(Set.copyOf(leaving)) : Optional.empty();
    return Planned.of(new Operation.Project(expressions, rest), rows);
  }

  private Optional<ExpressionText> value(String name, List<Assigned> assigned) {
    if (assigned.get(0).below.isEmpty()) {
      return assigned.get(0).value;
    }
    Optional<ValueType> base = Optional.empty();
    if (keeps && context.rows().has(name)) {
      base =
          context
              .schema()
              .field(name)
              .map(Field::type)
              .or(() -> Optional.of(ValueType.optional(DataType.JSON)));
    }
    return made(Woven.field(name), base, assigned);
  }

  /** The value of a parent: what it was, with the assigned members. */
  private Optional<ExpressionText> made(
      String base, Optional<ValueType> type, List<Assigned> assigned) {
    Origin origin = assigned.get(0).origin;
    if (assigned.get(0).below.isEmpty()) {
      return assigned.get(0).value;
    }
    if (type.isPresent() && type.get().type().equals(DataType.JSON)) {
      return Optional.of(json(base, assigned));
    }
    if (type.isPresent() && !(type.get().type() instanceof DataType.RecordOf)) {
      wrong = true;
      boolean sets = assigned.get(0).value.isPresent();
      context.problem(
          sets ? ProblemCode.E409 : ProblemCode.E406,
          origin,
          "`" + base + "` is " + type.get().type() + " and has no fields",
          sets ? "give the new field another name" : "name the whole field, or leave it out");
      return Optional.empty();
    }
    Map<String, List<Assigned>> members = new LinkedHashMap<>();
    Optional<Schema> record = type.map(t -> ((DataType.RecordOf) t.type()).schema());
    record.ifPresent(schema -> schema.names().forEach(n -> members.put(n, List.of())));
    for (Assigned one : assigned) {
      String name = one.below.get(0);
      if (one.value.isEmpty() && !members.containsKey(name)) {
        noMember(base, name, one.origin, members.keySet());
        return Optional.empty();
      }
      if (one.value.isEmpty() && one.below.size() == 1) {
        members.remove(name);
        continue;
      }
      List<Assigned> deeper = new ArrayList<>(members.getOrDefault(name, List.of()));
      deeper.add(one.inside());
      members.put(name, deeper);
    }
    return record(base, record, members, origin);
  }

  private void noMember(String base, String name, Origin origin, Set<String> members) {
    wrong = true;
    context.problem(
        ProblemCode.E406,
        origin,
        "`" + base + "` has no field `" + name + "`",
        Nearest.hint(name, "fields there", members));
  }

  private Optional<ExpressionText> record(
      String base, Optional<Schema> record, Map<String, List<Assigned>> members, Origin origin) {
    Woven woven = new Woven(origin).text("{");
    String between = "";
    for (Map.Entry<String, List<Assigned>> member : members.entrySet()) {
      String name = member.getKey();
      String inside = base + Woven.member(name);
      Optional<ValueType> type = record.flatMap(s -> s.field(name)).map(Field::type);
      woven.text(between + Woven.quoted(name) + ": (");
      if (member.getValue().isEmpty()) {
        woven.text(inside);
      } else {
        Optional<ExpressionText> value = made(inside, type, member.getValue());
        if (value.isEmpty()) {
          return Optional.empty();
        }
        woven.expression(value.get());
      }
      woven.text(")");
      between = ", ";
    }
    return Optional.of(woven.text("}").done());
  }

  private static ExpressionText json(String base, List<Assigned> assigned) {
    boolean sets = assigned.stream().anyMatch(one -> one.value.isPresent());
    String begin = sets ? "(" + base + " ?? parse_json('{}'))" : base;
    ExpressionText made = Woven.own(begin, assigned.get(0).origin);
    for (Assigned one : assigned) {
      Woven woven = new Woven(one.origin);
      if (one.value.isPresent()) {
        woven.text("set_path(").expression(made).text(", ").text(path(one.below)).text(", ");
        made = woven.expression(one.value.get()).text(")").done();
      } else {
        made = without(made, one.below, woven);
      }
    }
    return made;
  }

  private static ExpressionText without(ExpressionText json, List<String> below, Woven woven) {
    List<String> parent = below.subList(0, below.size() - 1);
    String last = Woven.quoted(below.get(parent.size()));
    if (parent.isEmpty()) {
      return woven.text("omit(").expression(json).text(", " + last + ")").done();
    }
    woven.text("set_path(").expression(json).text(", " + path(parent) + ", omit(");
    woven.expression(json);
    parent.forEach(name -> woven.text(Woven.member(name)));
    return woven.text(", " + last + "))").done();
  }

  private static String path(List<String> names) {
    return Woven.quoted(Woven.jsonPath(names));
  }

  private static boolean overlap(List<String> a, List<String> b) {
    int shorter = Math.min(a.size(), b.size());
    return a.subList(0, shorter).equals(b.subList(0, shorter));
  }
}
