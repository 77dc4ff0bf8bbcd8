package io.penstock.core.expression.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MethodCallTest {
  /** More than the calls after which a handle takes over. */
  private static final int CALLS = 3_000;

  @Test
  void returnsTheSameHoweverOftenItIsCalled() throws Throwable {
    MethodCall call = new MethodCall(Math.class.getMethod("addExact", long.class, long.class));

    for (long i = 0; i < CALLS; i++) {
      assertEquals(i + 7, call.of(new Object[] {i, 7L}));
    }
  }

  @Test
  void throwsWhatTheMethodThrowsHoweverOftenItIsCalled() throws Throwable {
    MethodCall call = new MethodCall(Integer.class.getMethod("parseInt", String.class));

    for (int i = 0; i < CALLS; i++) {
      assertThrows(NumberFormatException.class, () -> call.of(new Object[] {"no number"}));
      assertEquals(i, call.of(new Object[] {Integer.toString(i)}));
    }
  }

  @Test
  void takesTheLastArgumentAsItIsThoughTheMethodTakesAnyNumber() throws Throwable {
    MethodCall call =
        new MethodCall(String.class.getMethod("format", String.class, Object[].class));

    for (int i = 0; i < CALLS; i++) {
      assertEquals("1-2", call.of(new Object[] {"%s-%s", new Object[] {1, 2}}));
    }
  }
}
