package io.penstock.core.expression.aggregate;

import io.penstock.core.expression.function.Typing;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an aggregate on a public static method of a class that {@link AggregateFunctions} lists.
 * The method takes an {@link AggregateTypes} and gives a fresh {@link
 * io.penstock.core.expression.Aggregates}; its name in snake_case (a trailing underscore left out)
 * is the aggregate's. The state gets a column per argument, constant ones among them, converted to
 * the types that {@link AggregateTypes} tells; {@code where} has been applied before. It has to
 * skip nulls itself. Ordinary exceptions are bugs; overflow of a result is {@link
 * io.penstock.core.expression.EvaluationException}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AggregateFunction {
  /**
   * What it takes and gives, in the language of {@link
   * io.penstock.core.expression.function.Function#signature}; several where it takes different
   * numbers of arguments: <code>{"() -> int", "(value: any) -> int"}</code>. Arguments may always
   * be null; {@code ?} behind the result says that it may be null (a sum of nothing).
   */
  String[] signature();

  /** One sentence. */
  String summary();

  /**
   * Tests and illustrations: {@code "1, 2, null | sum(x) == 3"}: the values of a field x, a bar, an
   * expression of {@code compute} that is true. Where the aggregate takes two fields the values are
   * lists, whose elements are x and y: {@code "['a', 1], ['b', 2] | arg_max(x, y) == 'b'"}.
   */
  String[] examples();

  /** Gives the result's type where the signature alone cannot. */
  Class<? extends Typing> typing() default Typing.Declared.class;

  /** Why the result may fail to be computed; empty: it never does. */
  String fails() default "";
}
