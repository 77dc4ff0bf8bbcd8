package io.penstock.core.expression.aggregate;

import io.penstock.core.expression.function.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The functions that stand in {@code compute} of {@code over} alone, because they go by the place
 * of a row among others.
 */
public enum OverFunction {
  ROW_NUMBER(
      "The number of the row in the order of its group, from 1.",
      "number: row_number()",
      "() -> int"),
  RANK(
      "The place of the row: rows that are equal in the order share one, and the next has its number.",
      "place: rank()",
      "() -> int"),
  DENSE_RANK(
      "The place of the row: rows that are equal in the order share one, and the next has the next.",
      "place: dense_rank()",
      "() -> int"),
  LAG(
      "The value in the row before, or so many rows before; null where there is none.",
      "change: price - lag(price)",
      "(value: T) -> T?",
      "(value: T, rows: int) -> T?"),
  LEAD(
      "The value in the row behind, or so many rows behind; null where there is none.",
      "until: lead(at)",
      "(value: T) -> T?",
      "(value: T, rows: int) -> T?");

  /** How far a row may be looked at from another. */
  public static final int MOST_ROWS = 1_000_000;

  private final String summary;
  private final String example;
  private final List<String> signatures;

  OverFunction(String summary, String example, String... signatures) {
    this.summary = summary;
    this.example = example;
    this.signatures = List.of(signatures);
  }

  /** The function of a name. */
  public static Optional<OverFunction> named(String name) {
    return Arrays.stream(values()).filter(f -> f.word().equals(name)).findFirst();
  }

  /** What it is called. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** One sentence. */
  public String summary() {
    return summary;
  }

  /** An entry of {@code compute}. */
  public String example() {
    return example;
  }

  /** What it takes and gives, as text. */
  public List<String> shapes() {
    return signatures;
  }

  /** What it takes and gives. */
  public List<Signature> signatures() {
    return signatures.stream().map(Signature::of).toList();
  }
}
