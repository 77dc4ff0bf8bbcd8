package io.penstock.core.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Boxed values for functions that ask for them, for generated loops. */
public final class Boxes {
  private Boxes() {}

  /** Arguments as a list, nulls among them. */
  public static List<Object> list(Object[] values) {
    return new ArrayList<>(Arrays.asList(values));
  }
}
