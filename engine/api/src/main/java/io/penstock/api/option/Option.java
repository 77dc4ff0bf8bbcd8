package io.penstock.api.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an option: a component of a record. An option without a default is required, but where
 * its type is {@code Optional}, {@code OptionalInt}, {@code OptionalLong}, {@code List} or {@code
 * Map} (then left out means empty). The YAML key is the record component's name in snake_case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** One sentence. */
  String value();

  /** The default, written as in YAML; empty for none. */
  String byDefault() default "";

  /** Whether the component may be given by this option's value alone. At most one of a record. */
  boolean main() default false;

  /** Whether the value is a secret: warned of when written in clear, never printed. */
  boolean secret() default false;

  /** A list that must not be empty. */
  boolean required() default false;

  /** The least value of a number. */
  long least() default Long.MIN_VALUE;

  /** The greatest value of a number. */
  long most() default Long.MAX_VALUE;

  /** What a changed value means for a run that has kept state. */
  Matter matter() default Matter.PLACE;
}
