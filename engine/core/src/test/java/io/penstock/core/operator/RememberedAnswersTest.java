package io.penstock.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long answers are remembered, and how many. */
final class RememberedAnswersTest {
  private static final long GOOD = 1000;

  private final RememberedAnswers answers = new RememberedAnswers(List.of(DataType.INT), GOOD);

  private static Column[] keys(long... values) {
    return new Column[] {new Column.Longs(values.length, values, null)};
  }

  @Test
  void anAnswerIsGoodForItsTimeAndNoLonger() {
    answers.add(keys(5, 6), 1, new Answer.Missing(), 100);

    assertEquals(Optional.of(new Answer.Missing()), answers.find(keys(6), 0, 1099));
    assertEquals(Optional.empty(), answers.find(keys(6), 0, 1100));
    assertEquals(Optional.empty(), answers.find(keys(5), 0, 100));
  }

  @Test
  void oldAnswersGoWhenNewOnesCome() {
    answers.add(keys(1), 0, new Answer.Missing(), 0);
    answers.add(keys(2), 0, new Answer.Missing(), 600);
    answers.add(keys(3), 0, new Answer.Missing(), 1200);

    assertEquals(2, answers.size());
  }

  @Test
  void noMoreThanAHundredThousandAreKept() {
    for (int key = 0; key < 100_010; key++) {
      answers.add(keys(key), 0, new Answer.Missing(), 0);
    }

    assertEquals(100_000, answers.size());
    assertEquals(Optional.empty(), answers.find(keys(9), 0, 0));
    assertEquals(Optional.of(new Answer.Missing()), answers.find(keys(10), 0, 0));
  }

  @Test
  void largeAnswersAreFewer() {
    Column.Bytes text = Columns.constant("x".repeat(1 << 20), 1);
    for (int key = 0; key < 100; key++) {
      answers.add(keys(key), 0, new Answer.Found(new Column[] {text}, 0), 0);
    }

    assertEquals(63, answers.size());
  }

  @Test
  void whatHasFailedIsNotRemembered() {
    answers.add(keys(1), 0, new Answer.Failed(ProblemCode.D223, "silence"), 0);

    assertEquals(Optional.empty(), answers.find(keys(1), 0, 0));
  }
}
