package io.penstock.core.expression;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import java.util.Map;

/**
 * Why an expression failed for a row.
 *
 * @param code of family D2
 * @param at the failing part of the expression
 * @param values the values of the fields that the failing part reads, as text; secrets masked
 */
public record RowError(ProblemCode code, Origin at, String message, Map<String, String> values) {
  public RowError {
    values = Map.copyOf(values);
  }
}
