package io.penstock.dsl.language.transform;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.core.compile.RowCodeMaker;
import io.penstock.core.logical.RunJava;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/** Options of {@code java}. */
@Component(
    name = "java",
    summary =
        "Runs the body of a Java method for each row. It is not sandboxed: it may do all that the engine may, and nothing limits it; so it is refused unless `--allow-java` is given.",
    example =
        """
        java:
          code: |
            long left = row.getLong("amount");
            while (left > 0) {
              long part = Math.min(left, 50);
              out.emit(out.row().set("order", row.get("order_id")).set("part", part));
              left -= part;
            }
          schema: { order: string, part: int }
        """)
public record JavaBody(
    @Option(
            value =
                "The body of `void run(Row row, Out out) throws Exception`, of `io.penstock.api.code`; `java.util`, `java.math` and `java.time` are imported. `row.getLong(\"x\")`, `row.get(\"x\")` and the like read, `row.set(\"x\", value)` changes, `out.emit(row)` passes a row on, `out.row()` is an empty one. A row for which nothing is emitted is left out. The compiler knows no lambdas and no generic types: elements of lists and maps want a cast.",
            main = true)
        ExpressionText code,
    @Option(
            "The fields of the rows that come out, with their types, the name of a schema, or a file. Without `schema` and `fields` they are open, as those of a source without a schema.")
        Optional<SyntaxNode> schema,
    @Option("Fields that the code sets in the row, with their types; the others stay as they are.")
        Optional<SyntaxNode> fields)
    implements RowTransform {

  @Override
  public void check(Checks checks) {
    CodedRows.check(schema, fields, checks);
  }

  @Override
  public Planned plan(StepContext context) {
    Optional<Rows> rows = CodedRows.of(schema, fields, context);
    if (!context.surroundings().javaAllowed()) {
      context.problem(
          ProblemCode.E323,
          context.origin(),
          "`java` runs code that is not sandboxed, and this is not allowed here",
          "read the code, and say `--allow-java` if you trust the file; `script` needs no leave");
      return Planned.wrong(rows.orElse(Rows.unknown()));
    }
    Problems found = new Problems();
    boolean compiles = RowCodeMaker.make(code, found).isPresent();
    context.problems().addAll(found);
    return compiles && rows.isPresent()
        ? Planned.of(new RunJava(code), rows.get())
        : Planned.wrong(rows.orElse(Rows.unknown()));
  }
}
