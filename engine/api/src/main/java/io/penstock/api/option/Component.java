package io.penstock.api.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component. Stands on a record that implements one of the config interfaces ({@code
 * SourceConfig}, ...); the record's components are its options. Parsing, validation, JSON Schema,
 * reference and echo are computed from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Component {
  /** The key in the pipeline file, snake_case. */
  String name();

  /** One sentence. */
  String summary();

  /** An example in YAML, as it would stand under a step's name; it is run by the tests. */
  String example();

  /** The ends of file names from which this format follows: {@code .csv}. */
  String[] suffixes() default {};
}
