package io.penstock.core.operator;

import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;

/** What a step knows of the groups in memory, by their numbers. Single-threaded. */
interface KeyedTable {
  /** A group begins, of which nothing is known; it has the next number. */
  void begin(int group);

  /** Whether anything is to be kept of a group. */
  boolean isThere(int group);

  /** What is written from here on is what is known now. */
  default void prepare() {}

  void write(int group, StateOutput to) throws IOException;

  /** Takes over what was written of a group, of which nothing is known yet. */
  void read(int group, StateInput from) throws IOException;

  /** Forgets all groups. */
  void clear();

  /** About how many bytes of memory it takes. */
  long bytes();
}
