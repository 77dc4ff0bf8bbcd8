package io.penstock.api.option;

import java.util.List;

/** An option that is a map of what comes out to what it is made of, in the order of the file. */
public record Assignments<T>(List<Entry<T>> entries) {
  public Assignments {
    entries = List.copyOf(entries);
  }
}
