package io.penstock.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problems;
import io.penstock.core.expression.EvaluationContext;
import io.penstock.core.expression.Evaluator;
import io.penstock.core.expression.Evaluators;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.ExpressionChecker;
import io.penstock.core.expression.RowErrors;
import io.penstock.core.expression.Scope;
import io.penstock.core.expression.Selection;
import io.penstock.core.expression.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares random expressions on closures and on compiled loops: values and failures. More of them
 * with {@code -Dpenstock.count=1000000}.
 */
final class FuzzTest {
  private static final long SEED = Long.getLong("penstock.seed", 20_260_102L);
  private static final int COUNT = Integer.getInteger("penstock.count", 100_000);
  private static final int TOGETHER = 100;
  private static final int PARTS = 2;
  private static final int ROWS = 64;
  private static final int[] SIZES = {1, 63, 65, 4096};

  private static final EvaluationContext RUN =
      new EvaluationContext(() -> 1_767_225_600_000_000L, 7, "s", "p");

  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

  @Test
  void compiledLoopsAgreeWithClosures() {
    System.out.println("expressions against closures: seed " + SEED + ", count " + COUNT);
    double left = IntStream.range(0, PARTS).parallel().mapToDouble(this::part).sum() / PARTS;
    System.out.println("share of rows left to closures: " + left);
    assertEquals("", String.join("\n", wrong));
    assertTrue(left < 0.25, "the loops leave most of the work");
  }

  /** Compares a part of the expressions; the share of rows that loops left. */
  private double part(int number) {
    FuzzGrammar grammar = new FuzzGrammar(SEED + number);
    Comparison comparison = new Comparison(new Random(SEED + number));
    int steps = COUNT / PARTS / TOGETHER;
    for (int i = 0; i < steps && wrong.size() < 10; i++) {
      wrong.addAll(comparison.differences(step(grammar), i));
    }
    return comparison.left / steps;
  }

  private static List<Expression> step(FuzzGrammar grammar) {
    List<Expression> step = new ArrayList<>();
    Scope scope = Scope.of(FuzzRows.SCHEMA);
    for (int tries = 0; step.size() < TOGETHER && tries < 20 * TOGETHER; tries++) {
      Problems problems = new Problems();
      Optional<Expression> expression =
          new ExpressionChecker(problems)
              .check(ExpressionText.at(grammar.expression(), Origin.at("f", 1, 1)), scope);
      expression.ifPresent(step::add);
    }
    assertTrue(step.size() == TOGETHER, "the grammar makes too few expressions that fit");
    return step;
  }

  /** Runs steps both ways over rows of its own. Single-threaded. */
  private static final class Comparison {
    private final ClassMaker maker = new ClassMaker(FuzzTest.class.getClassLoader());
    private final Random random;
    private double left;

    Comparison(Random random) {
      this.random = random;
    }

    List<String> differences(List<Expression> step, int number) {
      List<Evaluator> closures = step.stream().map(e -> Evaluators.of(e, RUN)).toList();
      LoopRun loops = new LoopRun(made(step, false).orElseThrow(), closures, RUN);
      boolean large = number % 50 == 0;
      List<String> found = new ArrayList<>();
      for (int size : large ? SIZES : new int[] {ROWS}) {
        boolean nulls = number % 2 == 0;
        Batch batch = FuzzRows.of(size, nulls, random);
        Selection selected = number % 4 < 2 ? Selection.all(size) : some(size);
        found.addAll(differences(step, batch, selected, loops, closures));
      }
      left += loops.shareLeft();
      found.addAll(ofSelection(step, FuzzRows.of(ROWS, number % 2 == 0, random)));
      return found;
    }

    /** Selects by the first condition of the step that is worth a loop. */
    private List<String> ofSelection(List<Expression> step, Batch batch) {
      for (Expression condition : step) {
        if (condition.type().type().equals(DataType.BOOLEAN)) {
          List<Evaluator> closures = List.of(Evaluators.of(condition, RUN));
          Optional<MadeLoops> made = made(List.of(condition), true);
          if (made.isPresent()) {
            return ofSelection(condition, batch, closures, made.get());
          }
        }
      }
      return List.of();
    }

    private List<String> ofSelection(
        Expression condition, Batch batch, List<Evaluator> closures, MadeLoops made) {
      RowErrors ours = new RowErrors();
      RowErrors theirs = new RowErrors();
      Selection among = some(batch.size());
      Selection mine = new LoopRun(made, closures, RUN).select(batch, among, ours);
      Selection other = closures.get(0).select(batch, among, theirs);
      boolean same =
          ours.all().equals(theirs.all())
              && Arrays.equals(mine.rows(), 0, mine.count(), other.rows(), 0, other.count());
      return same ? List.of() : List.of("other rows are selected by " + condition);
    }

    private Optional<MadeLoops> made(List<Expression> step, boolean selects) {
      try {
        return MadeLoops.make(step, selects, true, maker);
      } catch (SourceRefused refused) {
        throw new AssertionError(MadeLoops.source(step, selects), refused);
      }
    }

    private Selection some(int size) {
      int[] rows = new int[size];
      int count = 0;
      for (int row = 0; row < size; row++) {
        if (random.nextInt(3) > 0) {
          rows[count++] = row;
        }
      }
      return new Selection(Arrays.copyOf(rows, count), count);
    }

    private static List<String> differences(
        List<Expression> step,
        Batch batch,
        Selection selected,
        LoopRun ours,
        List<Evaluator> closures) {
      RowErrors ourErrors = new RowErrors();
      RowErrors theirErrors = new RowErrors();
      Column[] mine = ours.evaluate(batch, selected, ourErrors);
      Column[] other = new Column[mine.length];
      for (int i = 0; i < other.length; i++) {
        other[i] = closures.get(i).evaluate(batch, selected, theirErrors);
      }
      List<String> found = new ArrayList<>();
      if (!ourErrors.all().equals(theirErrors.all())) {
        found.add("errors " + ourErrors.all() + "\n against " + theirErrors.all());
      }
      for (int i = 0; i < mine.length; i++) {
        Expression expression = step.get(i);
        for (int at = 0; at < selected.count() && found.size() < 10; at++) {
          Object a = Values.get(mine[i], expression.type().type(), at);
          Object b = Values.get(other[i], expression.type().type(), at);
          boolean same = a == null || b == null ? a == b : a.equals(b);
          if (!same) {
            found.add(expression + " gives " + a + ", not " + b + " in row " + selected.rows()[at]);
          }
        }
      }
      return found;
    }
  }
}
