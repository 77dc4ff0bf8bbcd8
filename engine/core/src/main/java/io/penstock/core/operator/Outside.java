package io.penstock.core.operator;

import io.penstock.api.data.Column;
import java.util.List;

/** An outside system that is open. Thread-safe: tasks ask it one after the other. */
public interface Outside {
  /**
   * The answers for so many keys, in their order. Waits for them.
   *
   * @param keys the parts of keys that are all different, without nulls
   */
  List<Answer> ask(Column[] keys, int count);
}
