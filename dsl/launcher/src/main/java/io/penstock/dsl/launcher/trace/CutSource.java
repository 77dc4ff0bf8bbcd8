package io.penstock.dsl.launcher.trace;

import io.penstock.api.data.Batch;
import io.penstock.api.format.Block;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.MetaField;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.core.logical.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A source that ends behind one of its records, or with what there is now. It is never told that
 * something was decided, so it deletes and acknowledges nothing.
 */
record CutSource(Operation.Read read, Cut cut, TraceClock clock) implements SourceConfig {
  @Override
  public SourceTraits traits() {
    SourceTraits own = read.source().traits();
    return new SourceTraits(
        true,
        own.replayable(),
        own.deterministic(),
        own.ordered(),
        own.waits(),
        own.held(),
        own.kind());
  }

  @Override
  public OptionalLong seed() {
    return read.source().seed();
  }

  @Override
  public List<MetaField> meta() {
    return read.source().meta();
  }

  @Override
  public Source source() {
    return new Open(read.source().source());
  }

  private Optional<RecordScan> scan() {
    return read.format()
        .map(
            format ->
                new RecordScan(format.format().decoder(read.decoding()), read.decoding().schema()));
  }

  /** The source under way. */
  private final class Open implements Source {
    private final Source real;

    Open(Source real) {
      this.real = real;
    }

    @Override
    public void open(SourceContext run) throws IOException {
      real.open(run);
    }

    @Override
    public Discovery discover(List<SplitState> known) throws IOException {
      return real.discover(known);
    }

    @Override
    public Bound end(Split split) throws IOException {
      return real.end(split);
    }

    @Override
    public Reader reader(ReaderContext run) throws IOException {
      ReaderContext leaping =
          new ReaderContext(
              clock.leapsOnly(),
              run.splitter(),
              run.check(),
              run.maxRecord(),
              run.parts(),
              Duration.ZERO);
      boolean bounded = read.source().traits().bounded();
      return new CutReader(
          real.reader(leaping), split -> bounded ? Optional.empty() : bound(split), scan());
    }

    private Optional<Bound> bound(Split split) throws IOException {
      return Optional.of(real.end(split));
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  /** Where a split ends now; empty where it ends by itself. */
  @FunctionalInterface
  private interface Ends {
    Optional<Bound> of(Split split) throws IOException;
  }

  /** Reads up to the cut. */
  private final class CutReader implements Reader {
    private static final int MOST_LEAPS = 64;
    private static final long SHORTEST_LEAP = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_LEAP = Duration.ofDays(1).toNanos();

    private final Reader real;
    private final Ends ends;
    private final Optional<RecordScan> scan;
    private boolean leftOut;

    CutReader(Reader real, Ends ends, Optional<RecordScan> scan) {
      this.real = real;
      this.ends = ends;
      this.scan = scan;
    }

    @Override
    public void assign(Split split, Position from, Bound to) throws IOException {
      Bound end = ends.of(split).orElse(to);
      leftOut |= ends.of(split).filter(Bound.NONE::equals).isPresent() && cut.isEndless();
      real.assign(split, from, end);
    }

    @Override
    public void revoke(Split split) throws IOException {
      real.revoke(split);
    }

    @Override
    public void pause(Set<Split> splits) {
      real.pause(splits);
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) throws IOException {
      Out cutting = new CutOut(out, scan);
      long leap = SHORTEST_LEAP;
      for (int i = 0; i < MOST_LEAPS && !cut.isOver() && !leftOut; i++) {
        Step step = real.next(cutting, limits, wait);
        if (step != Step.NOTHING_NOW) {
          return step;
        }
        // Nothing is due: the time until something is passes at once.
        clock.leap(leap);
        leap = Math.min(leap * 2, LONGEST_LEAP);
      }
      return Step.ENDED;
    }

    @Override
    public Position position(Split split) {
      return real.position(split);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  /** Hands on what stands before the cut. */
  private final class CutOut implements Out {
    private final Out out;
    private final Optional<RecordScan> scan;

    CutOut(Out out, Optional<RecordScan> scan) {
      this.out = out;
      this.scan = scan;
    }

    @Override
    public void block(Block block) {
      cut.block(block, scan.orElseThrow().records(block)).ifPresent(out::block);
    }

    @Override
    public void head(Block first) {
      scan.orElseThrow().head(first);
      out.head(first);
    }

    @Override
    public void timePassed(Split split, Duration time) {
      if (!cut.isOver()) {
        out.timePassed(split, time);
      }
    }

    @Override
    public void rows(Batch batch) {
      Batch kept = cut.rows(batch);
      if (kept.size() > 0) {
        out.rows(kept);
      }
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
      if (cut.bad(split.id(), position, line, raw)) {
        out.bad(split, position, line, raw, rawBytes, code, message);
      }
    }
  }
}
