package io.penstock.connectors.registry;

import io.penstock.api.problem.ProblemCode;

/** What stands before a record: a zero byte and the number of its schema, the high byte first. */
public final class Prefix {
  /** How many bytes it has. */
  public static final int LENGTH = 5;

  private Prefix() {}

  /** The number before a record; throws {@link RegistryProblem} where none stands there. */
  public static int number(byte[] bytes, int from, int to) {
    if (to - from < LENGTH || bytes[from] != 0) {
      throw new RegistryProblem(
          ProblemCode.D101,
          "the record does not begin with a zero and the number of its schema in the registry");
    }
    return (bytes[from + 1] & 0xff) << 24
        | (bytes[from + 2] & 0xff) << 16
        | (bytes[from + 3] & 0xff) << 8
        | bytes[from + 4] & 0xff;
  }

  /** What stands before records of a schema. */
  public static byte[] of(int number) {
    return new byte[] {
      0, (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
  }
}
