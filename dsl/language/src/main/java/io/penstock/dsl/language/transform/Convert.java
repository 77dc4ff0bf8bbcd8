package io.penstock.dsl.language.transform;

import io.penstock.api.option.Component;
import io.penstock.api.option.Option;
import io.penstock.dsl.language.syntax.SyntaxNode;

/** Options of {@code convert}. */
@Component(
    name = "convert",
    summary = "Gives fields another type.",
    example =
        """
        convert: { status: int, amount: optional double }
        """)
public record Convert(
    @Option(
            value =
                "Fields with their new types as in `schema`, or the name of a schema, of whose fields the row is then made.",
            main = true)
        SyntaxNode to,
    @Option(value = "What a value that does not convert becomes.", byDefault = "error")
        Failing failing)
    implements RowTransform {
  /** What a value that does not convert becomes. */
  public enum Failing {
    ERROR,
    NULL
  }
}
