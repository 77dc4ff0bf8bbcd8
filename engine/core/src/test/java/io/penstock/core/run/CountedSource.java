package io.penstock.core.run;

import io.penstock.api.data.Schema;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
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
import io.penstock.testkit.RowsSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A source of rows that tells how far it is read, and what its readers were told. */
record CountedSource(RowsSource rows, AtomicLong read, List<Duration> gathers)
    implements SourceConfig {
  /** Nobody asks what its readers were told. */
  CountedSource(RowsSource rows, AtomicLong read) {
    this(rows, read, new ArrayList<>());
  }

  @Override
  public SourceTraits traits() {
    return rows.traits();
  }

  @Override
  public Optional<Schema> schema() {
    return rows.schema();
  }

  @Override
  public Source source() {
    Source source = rows.source();
    return new Source() {
      @Override
      public void open(SourceContext run) throws IOException {
        source.open(run);
      }

      @Override
      public Discovery discover(List<SplitState> known) throws IOException {
        return source.discover(known);
      }

      @Override
      public Bound end(Split split) throws IOException {
        return source.end(split);
      }

      @Override
      public Reader reader(ReaderContext run) throws IOException {
        gathers.add(run.gather());
        return new Counted(source.reader(run), read);
      }

      @Override
      public void close() throws IOException {
        source.close();
      }
    };
  }

  private record Counted(Reader reader, AtomicLong read) implements Reader {
    @Override
    public void assign(Split split, Position from, Bound to) throws IOException {
      reader.assign(split, from, to);
    }

    @Override
    public void revoke(Split split) throws IOException {
      reader.revoke(split);
    }

    @Override
    public void pause(Set<Split> splits) {
      reader.pause(splits);
    }

    @Override
    public Step next(Out out, Limits limits, Duration wait) throws IOException {
      Step step = reader.next(out, limits, wait);
      read.set(reader.position(new Split("rows")).offset());
      return step;
    }

    @Override
    public Position position(Split split) {
      return reader.position(split);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
