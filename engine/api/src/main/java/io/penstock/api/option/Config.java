package io.penstock.api.option;

/** A bound component: a record whose components are its options. */
public interface Config {
  /**
   * Reports what is wrong among several options; called once, after all options were bound without
   * a problem.
   */
  default void check(Checks checks) {}

  /**
   * Reports what is wrong with single options, each by itself; called once, also where other
   * options could not be read. Those stand in it as if they were left out.
   */
  default void checkEach(Checks checks) {}
}
