package io.penstock.api.option;

import java.math.BigDecimal;
import java.util.List;

/** A constant, read as in JSON: text wants no quotes of its own and may be a template. */
public sealed interface Constant {
  /** null. */
  record Null() implements Constant {}

  /** true or false. */
  record Bool(boolean value) implements Constant {}

  /** A whole number that fits 64 bits. */
  record Whole(long value) implements Constant {}

  /** Any other number, exact. */
  record Number(BigDecimal value) implements Constant {}

  /** A text, computed for each row where the template has expressions. */
  record Text(Template template) implements Constant {}

  /** A list. */
  record Items(List<Constant> values) implements Constant {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** A record. */
  record Members(List<Entry<Constant>> entries) implements Constant {
    public Members {
      entries = List.copyOf(entries);
    }
  }
}
