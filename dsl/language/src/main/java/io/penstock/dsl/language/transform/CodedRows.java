package io.penstock.dsl.language.transform;

import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.option.Checks;
import io.penstock.api.problem.ProblemCode;
import io.penstock.dsl.language.schema.DeclaredSchema;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.util.Optional;

/** The rows that code gives: declared as a whole, or beside those that come in, or open. */
final class CodedRows {
  private CodedRows() {}

  static void check(Optional<SyntaxNode> schema, Optional<SyntaxNode> fields, Checks checks) {
    if (schema.isPresent() && fields.isPresent()) {
      checks.problem(
          ProblemCode.E110,
          "fields",
          "`fields` adds to the row's fields, and `schema` replaces them",
          "keep one of them");
    }
  }

  /** Empty where the declaration is wrong, which is reported. */
  static Optional<Rows> of(
      Optional<SyntaxNode> schema, Optional<SyntaxNode> fields, StepContext context) {
    Optional<SyntaxNode> written = schema.or(() -> fields);
    if (written.isEmpty()) {
      return Optional.of(context.rows().with(Schema.anything()));
    }
    return context
        .surroundings()
        .types()
        .schema(written.get(), false)
        .map(DeclaredSchema::schema)
        .map(declared -> schema.isPresent() ? whole(declared, context) : beside(declared, context));
  }

  private static Rows whole(Schema declared, StepContext context) {
    return context.rows().with(declared);
  }

  private static Rows beside(Schema declared, StepContext context) {
    Rows rows = context.rows();
    for (Field field : declared.fields()) {
      rows = rows.plus(field.name(), field.type());
    }
    return rows;
  }
}
