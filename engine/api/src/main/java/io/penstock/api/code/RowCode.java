package io.penstock.api.code;

/** Code that is run for each row; a {@code java} step is the body of its method. */
public interface RowCode {
  /**
   * Called for each row in order, by one thread; each task has an instance of its own. What is
   * thrown fails the row, and what was emitted for it is dropped.
   *
   * @param row the row that comes in, which may be changed and emitted
   * @param out where rows go; a row for which nothing is emitted is left out
   */
  void run(Row row, Out out) throws Exception;
}
