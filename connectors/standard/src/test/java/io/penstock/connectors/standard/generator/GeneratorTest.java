package io.penstock.connectors.standard.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.api.data.Batch;
import io.penstock.api.data.Column;
import io.penstock.api.format.Block;
import io.penstock.api.option.Rate;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.Split;
import io.penstock.api.system.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private long nanos;
  private final List<Long> rows = new ArrayList<>();

  @Test
  void countsUpToItsEnd() throws Exception {
    Reader reader = reader(Optional.empty(), 5, Position.START);

    assertEquals(Reader.Step.MORE, next(reader, 3));
    assertEquals(Reader.Step.MORE, next(reader, 3));
    assertEquals(Reader.Step.ENDED, next(reader, 3));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), rows);
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    Reader reader = reader(Optional.empty(), 5, new Position(3, new TreeMap<>()));
    next(reader, 10);

    assertEquals(List.of(3L, 4L), rows);
  }

  @Test
  void keepsToItsRate() throws Exception {
    Reader reader = reader(Optional.of(new Rate(10, Duration.ofSeconds(1))), 100, Position.START);

    assertEquals(Reader.Step.MORE, next(reader, 50));
    assertEquals(Reader.Step.NOTHING_NOW, next(reader, 50));
    nanos += 250_000_000L;
    assertEquals(Reader.Step.MORE, next(reader, 50));
    assertEquals(Reader.Step.NOTHING_NOW, next(reader, 50));

    assertEquals(List.of(0L, 1L, 2L), rows);
  }

  @Test
  void isReadOnFromEveryPosition() throws Exception {
    Reader all = reader(Optional.empty(), 20, Position.START);
    List<Position> positions = new ArrayList<>(List.of(Position.START));
    while (next(all, 3) == Reader.Step.MORE) {
      positions.add(all.position(new Split("rows")));
    }
    List<Long> expected = List.copyOf(rows);
    for (Position from : positions) {
      rows.clear();
      Reader rest = reader(Optional.empty(), 20, from);
      while (next(rest, 4) == Reader.Step.MORE) {
        // All that is left.
      }
      assertEquals(expected.subList((int) from.offset(), 20), rows);
    }
    assertEquals("7", positions.get(1).evidence().get("seed"));
  }

  private Reader reader(Optional<Rate> rate, long count, Position from) throws Exception {
    Clock clock =
        new Clock() {
          @Override
          public long micros() {
            return nanos / 1000;
          }

          @Override
          public long nanos() {
            return nanos;
          }
        };
    Reader reader = new GeneratorReader("g", rate, count, 7, clock);
    reader.assign(new Split("rows"), from, Bound.NONE);
    return reader;
  }

  private Reader.Step next(Reader reader, int most) throws Exception {
    return reader.next(new Rows(), new Reader.Limits(most, 1000), Duration.ZERO);
  }

  /** Takes the numbers. */
  private final class Rows implements Out {
    @Override
    public void rows(Batch batch) {
      Column.Longs numbers = (Column.Longs) batch.column(0);
      for (int i = 0; i < batch.size(); i++) {
        rows.add(numbers.values()[i]);
      }
    }

    @Override
    public void block(Block block) {
      throw new AssertionError("bytes of a generator");
    }

    @Override
    public void bad(
        Split split,
        long position,
        long line,
        byte[] raw,
        long rawBytes,
        ProblemCode code,
        String message) {
      throw new AssertionError(message);
    }
  }
}
