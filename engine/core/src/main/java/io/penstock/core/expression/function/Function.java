package io.penstock.core.expression.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a function of the expression language on a public static method of a family class that
 * {@link Functions} lists.
 *
 * <p><b>Name</b>: the method's name in snake_case ({@code splitPart} is {@code split_part}); a
 * trailing underscore is left out, for Java's own words ({@code if_} is {@code if}). Methods of one
 * name are overloads, told apart by how many arguments they take, then by the arguments' types; the
 * first that fits in the order of their signatures' text wins.
 *
 * <p><b>Java parameters</b>: first, each only where needed and in this order, {@link RowContext}
 * and {@link Call}; then one per parameter of the signature. What a type is in Java:
 *
 * <ul>
 *   <li>{@code boolean} boolean; {@code int}, {@code timestamp}, {@code duration} (micros), {@code
 *       date} (days) long; {@code double} double. Boxed where {@code T?} or a type variable stands
 *   <li>{@code decimal} BigDecimal; {@code string} String; {@code bytes} byte[]; {@code json}
 *       io.penstock.json.Json
 *   <li>{@code [T]} List&lt;?&gt;; {@code map<T>} Map&lt;String, ?&gt; in order; {@code {a: T}},
 *       {@code record} Object[] with the fields in the order of the type
 *   <li>{@code any}, {@code number}, {@code T} Object; {@code T -> U} {@link Lambda}
 *   <li>{@code T...} (last only): a List&lt;?&gt; of the arguments
 * </ul>
 *
 * The result likewise. A decimal result is brought to the scale of the result's type, half even,
 * and checked against its precision by the caller.
 *
 * <p><b>Errors</b>: throw {@link io.penstock.core.expression.EvaluationException} with a D2 code.
 * No other exception may leave the method. {@link #fails} says why it may; empty means never.
 *
 * <p><b>Threads</b>: any number at once; keep nothing in static fields, use {@link Call#remember}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Function {
  /**
   * What it takes and gives: {@code (text: string, from: int) -> string}, {@code (list: [T], f: T
   * -> boolean) -> [T]}, {@code (value: T?, more: T?...) -> T?}. Types:
   *
   * <ul>
   *   <li>the types of the language; {@code decimal} without numbers takes any decimal, and as a
   *       result is the first decimal argument's type
   *   <li>{@code number}: int, decimal or double; all its places in a signature are of one type,
   *       the widest of the arguments'
   *   <li>one capital letter: any type, the same at all its places, after int to decimal, int to
   *       double and json absorbing others
   *   <li>{@code any}: any type, another at each place; as a result it needs {@link #typing}
   *   <li>{@code record}: any record; {@code [T]}, {@code map<T>}, <code>{ a: T }</code>
   *   <li>{@code T -> U}, {@code (T, U) -> V}: a lambda
   *   <li>{@code ?} behind a type: may be null. Of a parameter only with SEES_NULLS; of a result:
   *       may be null though no argument is
   *   <li>{@code ...} behind the last parameter's type: any number of them, none included
   * </ul>
   *
   * Under STRICT the result is optional also where an argument is.
   */
  String signature();

  Family family();

  /** One sentence, sentence case, with a full stop. */
  String summary();

  /**
   * Expressions that are true: {@code upper('abc') == 'ABC'}; with a null result {@code f(x) ===
   * null}. Shown in the reference and run as tests.
   */
  String[] examples();

  /** Why it may fail for a row ("the text is no number"); empty: it never does. */
  String fails() default "";

  Nulls nulls() default Nulls.STRICT;

  /**
   * Whether the same arguments always give the same result; false for time, random and the like.
   */
  boolean deterministic() default true;

  /** Gives the result's type where the signature alone cannot. */
  Class<? extends Typing> typing() default Typing.Declared.class;

  /** What a function does with null arguments. */
  enum Nulls {
    /** A null argument gives null; the method is not called. */
    STRICT,
    /** The method gets null where the signature says {@code ?}; elsewhere a null gives null. */
    SEES_NULLS
  }

  /** The families, in the order of the reference. */
  enum Family {
    CONTROL,
    CONVERSION,
    TEXT,
    PATTERNS,
    NUMBERS,
    TIME,
    RECORDS,
    LISTS,
    ENCODINGS,
    LOGS,
    IDENTITY,
    METADATA
  }
}
