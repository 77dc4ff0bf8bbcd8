package io.penstock.testkit;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.Split;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What must hold for a replayable source of one split: read again from any position, it gives
 * exactly the records that the first reading gave behind it.
 */
public final class SourceLaw {
  private final Opening opening;
  private final ReaderContext context;
  private final Supplier<Taker> takers;
  private final Reader.Limits limits;

  /**
   * The law for a source.
   *
   * @param takers make what takes the records of one reading
   * @param limits of each step
   */
  public SourceLaw(
      Opening opening, ReaderContext context, Supplier<Taker> takers, Reader.Limits limits) {
    this.opening = opening;
    this.context = context;
    this.takers = takers;
    this.limits = limits;
  }

  /** Opens the source, as a new process would. */
  public interface Opening {
    Source open() throws IOException;
  }

  /** Takes what is read, as records that can be compared. */
  public interface Taker extends Out {
    /** The records so far, bad ones among them, with their lines. */
    List<String> taken();
  }

  /** A position, and how many records lie before it. */
  private record Mark(Position position, int records) {}

  /**
   * Reads from the start, then from each position that a step came to.
   *
   * @return the records
   * @throws AssertionError where a reading gives something else
   */
  public List<String> check() throws IOException {
    List<Mark> marks = new ArrayList<>();
    List<String> all = read(Position.START, marks);
    for (Mark mark : marks) {
      List<String> rest = read(mark.position(), new ArrayList<>());
      List<String> expected = all.subList(mark.records(), all.size());
      if (!rest.equals(expected)) {
        throw new AssertionError(
            "from " + mark.position() + " come " + rest + " and not " + expected);
      }
    }
    return all;
  }

  private List<String> read(Position from, List<Mark> marks) throws IOException {
    Taker taker = takers.get();
    Split split = split();
    try (Source source = opening.open();
        Reader reader = source.reader(context)) {
      reader.assign(split, from, Bound.NONE);
      Reader.Step step = Reader.Step.MORE;
      while (step == Reader.Step.MORE) {
        step = reader.next(taker, limits, Duration.ZERO);
        marks.add(new Mark(reader.position(split), taker.taken().size()));
      }
    }
    return taker.taken();
  }

  private Split split() throws IOException {
    try (Source source = opening.open()) {
      return source.discover(List.of()).added().get(0);
    }
  }
}
