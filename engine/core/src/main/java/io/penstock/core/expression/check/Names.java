package io.penstock.core.expression.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import io.penstock.core.expression.Parameter;
import io.penstock.core.expression.syntax.Ast;
import io.penstock.core.expression.typed.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What names stand for: lambda parameters, fields, paths into an open row, parameters, metadata.
 */
final class Names {
  private final Checking checking;

  Names(Checking checking) {
    this.checking = checking;
  }

  Typed name(Ast.Name name, Surroundings at) {
    Optional<Typed> local = at.name(name.name());
    if (local.isPresent()) {
      return moved(local.get(), name);
    }
    switch (name.name()) {
      case "row" -> {
        if (!at.closed()) {
          Schema row = checking.scope.row();
          return new Typed.WholeRow(
              ValueType.required(new DataType.RecordOf(row)), checking.place(name));
        }
      }
      case "meta", "params" -> {
        return checking.problem(
            ProblemCode.E312,
            name,
            "`" + name.name() + "` is no value of its own",
            "write " + name.name() + ".x; a field of this name is row['" + name.name() + "']");
      }
      default -> {}
    }
    if (at.closed()) {
      return checking.problem(
          ProblemCode.E301,
          name,
          "`" + name.name() + "` is nothing that the function takes",
          "a function sees what it takes: "
              + Nearest.list(at.names().keySet().stream().sorted().toList()));
    }
    return field(name.name(), name);
  }

  /** A name's meaning, at the place where it is used. */
  private Typed moved(Typed meaning, Ast at) {
    if (meaning instanceof Typed.Local local) {
      return new Typed.Local(local.type(), local.slot(), local.name(), checking.place(at));
    }
    return meaning;
  }

  private Typed field(String name, Ast tree) {
    Schema row = checking.scope.row();
    int index = row.indexOf(name);
    if (index >= 0) {
      return new Typed.Column(row.column(index), index, name, checking.place(tree));
    }
    int hidden = row.columns() + recordColumns();
    for (Map.Entry<String, ValueType> local : checking.scope.locals().entrySet()) {
      if (local.getKey().equals(name)) {
        return new Typed.Column(local.getValue(), hidden, name, checking.place(tree));
      }
      hidden++;
    }
    if (checking.scope.records().containsKey(name)) {
      return checking.problem(
          ProblemCode.E401,
          tree,
          "`" + name + "` is a row, not a value",
          "write " + name + ".field");
    }
    if (row.open()) {
      return new Typed.JsonMember(
          ValueType.optional(DataType.JSON), rest(tree), name, checking.place(tree));
    }
    return unknown(name, tree);
  }

  private int recordColumns() {
    return checking.scope.records().values().stream().mapToInt(Schema::columns).sum();
  }

  private Typed rest(Ast tree) {
    return new Typed.Column(
        ValueType.required(DataType.JSON), checking.scope.row().rest(), "", checking.place(tree));
  }

  private Typed unknown(String name, Ast tree) {
    List<String> known = new ArrayList<>(checking.scope.row().names());
    known.addAll(checking.scope.locals().keySet());
    if (checking.aggregates.filter(a -> a.reads(name)).isPresent()) {
      return checking.problem(
          ProblemCode.E310,
          tree,
          "`" + name + "` stands outside an aggregate, and the step does not group by it",
          "write first(" + name + "), or add `" + name + "` to `by`");
    }
    Optional<String> near = Nearest.to(name, known);
    boolean whole = tree.span().from() == 0 && tree.span().to() == checking.text.text().length();
    if (near.isEmpty() && whole) {
      return checking.problem(
          ProblemCode.E024,
          tree,
          "`" + name + "` is no field here; there are " + Nearest.list(known),
          "a text inside an expression wants its own quotes: \"'" + name + "'\"");
    }
    return checking.problem(
        ProblemCode.E301,
        tree,
        "`" + name + "` is no field here; there are " + Nearest.list(known),
        near.map(n -> "did you mean `" + n + "`?").orElse("a text wants quotes: '" + name + "'"));
  }

  /** {@code params.x}, {@code meta.x}, {@code row.x}, {@code left.x}. */
  Optional<Typed> underRoot(
      Ast.Name root, String name, Ast.Span nameSpan, Ast tree, Surroundings at) {
    if (at.name(root.name()).isPresent()) {
      return Optional.empty();
    }
    switch (root.name()) {
      case "params" -> {
        return Optional.of(parameter(name, nameSpan, tree));
      }
      case "meta" -> {
        return Optional.of(meta(name, nameSpan, tree));
      }
      case "row" -> {
        if (!at.closed()) {
          return Optional.of(field(name, tree));
        }
      }
      default -> {}
    }
    Schema record = at.closed() ? null : checking.scope.records().get(root.name());
    if (record == null || checking.scope.row().indexOf(root.name()) >= 0) {
      return Optional.empty();
    }
    return Optional.of(recordColumn(root.name(), record, name, nameSpan, tree));
  }

  private Typed recordColumn(String root, Schema record, String name, Ast.Span nameSpan, Ast tree) {
    int first = checking.scope.row().columns();
    for (Map.Entry<String, Schema> other : checking.scope.records().entrySet()) {
      if (other.getKey().equals(root)) {
        break;
      }
      first += other.getValue().columns();
    }
    int index = record.indexOf(name);
    if (index >= 0) {
      return new Typed.Column(
          record.column(index), first + index, root + "." + name, checking.place(tree));
    }
    if (record.open()) {
      Typed rest =
          new Typed.Column(
              ValueType.required(DataType.JSON), first + record.rest(), root, checking.place(tree));
      return new Typed.JsonMember(
          ValueType.optional(DataType.JSON), rest, name, checking.place(tree));
    }
    return missing(ProblemCode.E301, name, record.names(), nameSpan, tree, "no field of " + root);
  }

  Typed parameter(String name, Ast.Span nameSpan, Ast tree) {
    Parameter parameter = checking.scope.parameters().get(name);
    if (parameter == null) {
      return missing(
          ProblemCode.E312,
          name,
          checking.scope.parameters().keySet().stream().sorted().toList(),
          nameSpan,
          tree,
          "no parameter of the file");
    }
    ValueType type =
        parameter.value().isPresent() ? parameter.type().asRequired() : parameter.type();
    return new Typed.Constant(
        type, parameter.value(), false, parameter.secret(), checking.place(tree));
  }

  Typed meta(String name, Ast.Span nameSpan, Ast tree) {
    ValueType type = checking.scope.meta().get(name);
    if (type == null) {
      return missing(
          ProblemCode.E312,
          name,
          checking.scope.meta().keySet().stream().sorted().toList(),
          nameSpan,
          tree,
          "no metadata of the sources that the row may come from");
    }
    return new Typed.Meta(type, name, checking.place(tree));
  }

  /** A field of a record value. */
  Typed field(Typed record, Schema schema, String name, Ast.Span nameSpan, Ast tree) {
    int index = schema.indexOf(name);
    boolean optional = record.type().optional();
    if (index >= 0) {
      ValueType type = schema.column(index);
      return new Typed.RecordField(
          optional ? type.asOptional() : type, record, index, name, checking.place(tree));
    }
    if (schema.open()) {
      Typed rest =
          new Typed.RecordField(
              new ValueType(DataType.JSON, optional),
              record,
              schema.rest(),
              "",
              checking.place(tree));
      return new Typed.JsonMember(
          ValueType.optional(DataType.JSON), rest, name, checking.place(tree));
    }
    return missing(
        ProblemCode.E406, name, schema.names(), nameSpan, tree, "no field of the record");
  }

  private Typed missing(
      ProblemCode code, String name, List<String> known, Ast.Span nameSpan, Ast tree, String what) {
    String hint =
        Nearest.to(name, known)
            .map(n -> "did you mean `" + n + "`?")
            .orElse("write one of those there are");
    checking.problem(
        code,
        checking.place(nameSpan),
        "`" + name + "` is " + what + "; there are " + Nearest.list(known),
        hint);
    return checking.broken(tree);
  }
}
