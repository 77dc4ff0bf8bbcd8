package io.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Open files are counted against what the system allows, with some left for Java. */
final class HandlesTest {
  @Test
  void whatIsOpenIsNotSpare() {
    Handles handles = new Handles(() -> 82);
    assertEquals(2, handles.spare());

    handles.opened();
    handles.opened();
    handles.opened();

    assertEquals(0, handles.spare());
    handles.closed();
    handles.closed();
    assertEquals(1, handles.spare());
  }

  @Test
  void whereLittleIsAllowedNothingIsSpare() {
    assertEquals(0, new Handles(() -> 16).spare());
  }
}
