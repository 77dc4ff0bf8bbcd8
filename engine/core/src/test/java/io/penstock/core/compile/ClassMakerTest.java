package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

final class ClassMakerTest {
  private static final String UNIT =
      """
      public final class Twice implements java.util.function.LongUnaryOperator {
        public long applyAsLong(long value) {
          return value * 2L;
        }
      }
      """;

  private final ClassMaker maker = new ClassMaker(ClassMakerTest.class.getClassLoader());

  @Test
  void makesAClassThatRuns() throws SourceRefused {
    LongUnaryOperator twice = maker.make("Twice", UNIT).create(LongUnaryOperator.class);

    assertEquals(42, twice.applyAsLong(21));
  }

  @Test
  void givesEveryClassALoaderOfItsOwn() throws SourceRefused {
    Class<?> one = maker.make("Twice", UNIT).type();
    Class<?> other = maker.make("Twice", UNIT).type();

    assertNotSame(one, other);
    assertNotSame(one.getClassLoader(), other.getClassLoader());
  }

  @Test
  void tellsHowLargeMethodsAre() throws SourceRefused {
    MadeClass made = maker.make("Twice", UNIT);

    assertEquals(6, made.methodBytes().get("Twice.applyAsLong(J)J"));
    assertTrue(made.largestMethod() >= 6);
  }

  @Test
  void tellsWhereASourceIsWrong() {
    SourceRefused refused =
        assertThrows(
            SourceRefused.class, () -> maker.make("Twice", UNIT.replace("value * 2L", "worth")));

    assertEquals(3, refused.line());
    assertTrue(refused.text().contains("worth"), refused.text());
  }
}
