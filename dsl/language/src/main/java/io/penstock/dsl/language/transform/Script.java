package io.penstock.dsl.language.transform;

import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Option;
import io.penstock.core.expression.NamedExpression;
import io.penstock.core.expression.script.ScriptProgram;
import io.penstock.core.logical.RunScript;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code script}. */
@Component(
    name = "script",
    summary = "Runs a script for each row; the rows that it emits come out, none or many.",
    example =
        """
        script:
          code: |
            var left = amount;
            for (part : [50, 20, 5]) {
              while (left >= part) {
                emit({'order': order_id, 'part': part});
                left -= part;
              }
            }
          schema: { order: string, part: int }
        """)
public record Script(
    @Option(
            value =
                "The script, in JEXL's syntax. A name is a field of the row as it came in; `row` is a record with all fields that the script may change; `params.x`, `meta.x` and the functions are those of expressions. `emit(row)` and `emit({...})` pass a row on, and a row for which nothing is emitted is left out.",
            main = true)
        ExpressionText code,
    @Option(
            "The fields of the rows that come out, with their types, the name of a schema, or a file. Without `schema` and `fields` they are open, as those of a source without a schema.")
        Optional<SyntaxNode> schema,
    @Option("Fields that the script sets in `row`, with their types; the others stay as they are.")
        Optional<SyntaxNode> fields,
    @Option(
            value =
                "How many steps (operators, calls, statements, turns of loops) it may take for a row.",
            byDefault = "100000",
            least = 1,
            most = 1_000_000_000)
        long steps,
    @Option(
            value = "How much it may make for a row: texts, lists, records, counted as made.",
            byDefault = "16MiB")
        DataSize size,
    @Option(
            value = "How many rows it may emit for a row.",
            byDefault = "10000",
            least = 1,
            most = 1_000_000)
        long rows,
    @Option(
            value =
                "How long it may take for a row; a safety net, since `steps` is the same everywhere and this is not.",
            byDefault = "10s")
        Duration time)
    implements RowTransform {

  @Override
  public void check(Checks checks) {
    CodedRows.check(schema, fields, checks);
  }

  @Override
  public Planned plan(StepContext context) {
    Optional<ScriptProgram> program = ScriptProgram.read(code, context.problems());
    Optional<Rows> result = CodedRows.of(schema, fields, context);
    Rows rows = result.orElse(Rows.unknown());
    if (program.isEmpty()) {
      return Planned.wrong(rows);
    }
    Optional<List<NamedExpression>> reads = reads(program.get(), context);
    boolean called = ScriptCalls.check(program.get(), context);
    if (reads.isEmpty() || !called || result.isEmpty()) {
      return Planned.wrong(rows);
    }
    return Planned.of(
        new RunScript(
            code,
            reads.get(),
            program.get().wholeRow(),
            context.surroundings().functions(),
            new RunScript.Budget(steps, size, this.rows, time)),
        rows);
  }

  private static Optional<List<NamedExpression>> reads(ScriptProgram program, StepContext context) {
    List<NamedExpression> reads = new ArrayList<>();
    for (ScriptProgram.Read read : program.reads()) {
      context.check(read.text()).ifPresent(e -> reads.add(new NamedExpression(read.name(), e)));
    }
    return reads.size() < program.reads().size() ? Optional.empty() : Optional.of(reads);
  }
}
