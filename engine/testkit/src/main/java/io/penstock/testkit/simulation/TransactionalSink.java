package io.penstock.testkit.simulation;

import io.penstock.api.data.Batch;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SpoolReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A spooled sink that writes each epoch to a {@link Database} in one transaction, with its number.
 * It asks for the number where an answer was lost, once by itself, then it gives up.
 *
 * @param text how rows are kept
 * @param refuses the rows that the database does not take
 */
public record TransactionalSink(Database database, RowText text, Predicate<String> refuses)
    implements SinkConfig {
  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.SPOOLED, false, false);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return new Delivering();
  }

  private final class Delivering implements Sink {
    private String writer = "";

    @Override
    public void open(SinkContext run) {
      writer = run.run() + "/" + run.step();
    }

    @Override
    public OptionalLong lastEpoch() {
      return database.epoch(writer);
    }

    @Override
    public Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
      List<String> taken = new ArrayList<>();
      Rejects rejects = read(rows, taken);
      try {
        deliver(epoch, previous, taken);
      } catch (IOException e) {
        deliver(epoch, previous, taken);
      }
      return rejects;
    }

    private void deliver(long epoch, long previous, List<String> taken) throws IOException {
      long there = database.epoch(writer).orElse(0);
      if (there == epoch) {
        return;
      }
      if (there != previous || !database.commit(writer, previous, epoch, taken)) {
        throw new PipelineException(
            Problem.of(
                ProblemCode.R301,
                Origin.file(writer),
                "the database is at epoch " + there + ", not at " + previous,
                "find out who else writes there"));
      }
    }

    private Rejects read(SpoolReader rows, List<String> taken) throws IOException {
      List<Rejects.Reject> refused = new ArrayList<>();
      int row = 0;
      for (Optional<SinkRows> next = rows.next(); next.isPresent(); next = rows.next()) {
        Batch batch = next.get().rows();
        for (int i = 0; i < batch.size(); i++, row++) {
          String line = text.of(batch, i);
          if (refuses.test(line)) {
            refused.add(new Rejects.Reject(row, ProblemCode.D301, "the database refuses it"));
          } else {
            taken.add(line);
          }
        }
      }
      return new Rejects(refused);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
