package io.penstock.core.run;

import io.penstock.api.data.Schema;
import io.penstock.api.option.Template;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.SpoolReader;
import io.penstock.api.sink.Staged;
import io.penstock.core.checkpoint.Checkpoint;
import io.penstock.core.checkpoint.Spool;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.Broken;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.system.CagedFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A sink that is open, with its writer once it has one. Used by the supervisor. */
final class OpenSink implements AutoCloseable {
  private final LogicalNode node;
  private final Sink sink;
  private final SinkTraits traits;
  private final Schema schema;
  private final RunRequest request;
  private Optional<SinkWriter> writer = Optional.empty();
  private long committed;

  private OpenSink(
      LogicalNode node, Sink sink, SinkTraits traits, Schema schema, RunRequest request) {
    this.node = node;
    this.sink = sink;
    this.traits = traits;
    this.schema = schema;
    this.request = request;
  }

  /**
   * Who opens sinks.
   *
   * @param pipeline its name
   * @param run a name for this run
   */
  record Names(String pipeline, String run) {}

  /** Something that a sink does. */
  @FunctionalInterface
  private interface Act<T> {
    T run() throws IOException;
  }

  /**
   * Opens a sink.
   *
   * @param schema of the rows that it takes
   */
  static OpenSink open(
      LogicalNode node, Schema schema, Names names, RunRequest request, SinkUse use) {
    Operation.Write write = (Operation.Write) node.operation();
    SinkTraits traits = write.sink().traits(use);
    if (traits.kind() == SinkTraits.Kind.SPOOLED && !use.keepsState()) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.E115,
              node.origin(),
              "`" + node.step() + "` needs a spool, which comes with kept state",
              "give the file a `run` block, or the run `--state`"));
    }
    OpenSink open = new OpenSink(node, write.sink().sink(), traits, schema, request);
    CagedFiles files =
        new CagedFiles(request.disk(), request.root(), request.confine(), node.origin());
    open.guarded(
        () -> {
          open.sink.open(
              new SinkContext(
                  names.pipeline(),
                  node.step(),
                  names.run(),
                  schema,
                  write.format().map(write.sink()::encoding),
                  request.disk(),
                  files,
                  request.clock(),
                  request.console(),
                  request.scheduler(),
                  use.keepsState()));
          return open;
        });
    return open;
  }

  private <T> T guarded(Act<T> act) {
    try {
      return act.run();
    } catch (IOException e) {
      throw Broken.sink(node, e);
    } catch (PipelineException e) {
      throw Broken.placed(node, e);
    }
  }

  LogicalNode node() {
    return node;
  }

  /** How it commits. */
  SinkTraits.Kind kind() {
    return traits.kind();
  }

  private List<Template> templates() {
    return List.copyOf(((Operation.Write) node.operation()).templates().keySet());
  }

  /** Makes the writer of a sink, once what a former run has left is dealt with. */
  void begin(Optional<Kept> kept) {
    if (kind() == SinkTraits.Kind.SPOOLED) {
      SinkWriter spool = kept.orElseThrow().spool(node.step(), templates());
      writer =
          Optional.of(
              guarded(sink::earlyRows)
                  .<SinkWriter>map(early -> new EarlyWriter(spool, early))
                  .orElse(spool));
    } else {
      writer = Optional.of(guarded(() -> sink.writer(0)));
    }
  }

  SinkWriter writer() {
    return writer.orElseThrow();
  }

  /** The last epoch that the outside has, where it tells. */
  OptionalLong lastEpoch() {
    return guarded(sink::lastEpoch);
  }

  /** What the run before says of the sink. */
  void resume(Checkpoint.SinkState state) {
    committed = state.committed();
    guarded(
        () -> {
          sink.resume(state.mark());
          return state;
        });
  }

  /** Removes what was staged by a former process for this epoch or later. */
  void abortFrom(long epoch) {
    if (kind() == SinkTraits.Kind.STAGED) {
      guarded(
          () -> {
            sink.abort(epoch, List.of());
            return epoch;
          });
    }
  }

  /** What the checkpoint of an epoch says of the sink. */
  Checkpoint.SinkState state(List<Staged> staged) {
    Staged mark =
        kind() == SinkTraits.Kind.SPOOLED
            ? guarded(sink::mark)
            : new Staged("", java.util.Map.of());
    return new Checkpoint.SinkState(kind().name(), shape().beside(staged), committed, mark);
  }

  /** Makes the epoch visible, now that it is decided. */
  Rejects commit(long epoch, List<Staged> staged, Optional<Kept> kept) {
    // Also where the sink writes at once by now: the run before has still left its rows.
    boolean spooled = isSpooled(staged);
    if (kind() == SinkTraits.Kind.IMMEDIATE && !spooled || staged.isEmpty() && kept.isPresent()) {
      return Rejects.NONE;
    }
    Rejects rejects =
        spooled
            ? delivered(epoch, staged.get(0), kept.orElseThrow())
            : guarded(() -> sink.commit(epoch, committed, staged));
    committed = epoch;
    return rejects;
  }

  /** Whether rows of an epoch wait in a spool. */
  static boolean isSpooled(List<Staged> staged) {
    return !staged.isEmpty() && Spool.is(staged.get(0));
  }

  /**
   * Makes visible what was decided before this process, or this part of it; what is known to be
   * delivered already is not given again to a sink that could not tell.
   */
  Rejects recover(long epoch, List<Staged> staged, Kept kept) {
    Optional<Rejects> through =
        traits.repeats() && !staged.isEmpty()
            ? kept.delivered(node.step(), staged.get(0))
            : Optional.empty();
    if (through.isEmpty()) {
      return commit(epoch, staged, Optional.of(kept));
    }
    committed = epoch;
    return through.get();
  }

  private Rejects delivered(long epoch, Staged spooled, Kept kept) {
    try (Spool rows = spool(spooled, kept)) {
      Rejects rejects = guarded(() -> sink.deliver(epoch, committed, rows));
      if (traits.repeats()) {
        kept.delivered(node.step(), shape().beside(List.of(spooled)).get(0), rejects);
      }
      return rejects;
    } catch (IOException e) {
      throw kept.broken(e);
    }
  }

  private SpoolShape shape() {
    return SpoolShape.of(schema, templates());
  }

  private Spool spool(Staged spooled, Kept kept) throws IOException {
    shape().verify(spooled, node);
    return Spool.open(request.disk(), kept.spools(), spooled, schema, templates());
  }

  /** The rows of an epoch, to find those that were rejected. */
  <T> T withRows(Staged spooled, Kept kept, Reading<T> reading) {
    try (Spool rows = spool(spooled, kept)) {
      return reading.read(rows);
    } catch (IOException e) {
      throw kept.broken(e);
    }
  }

  /** Reads the rows of an epoch. */
  @FunctionalInterface
  interface Reading<T> {
    T read(SpoolReader rows) throws IOException;
  }

  /** Removes what is staged; what goes wrong on the way is less than what went wrong before. */
  void abort(long epoch, List<Staged> handles) {
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
      if (kind() == SinkTraits.Kind.STAGED) {
        sink.abort(epoch, handles);
      }
    } catch (IOException | RuntimeException e) {
      // The first failure is the one to tell.
    }
  }

  String location() {
    return sink.location();
  }

  @Override
  public void close() throws IOException {
    try {
      if (writer.isPresent()) {
        writer.get().close();
      }
    } finally {
      sink.close();
    }
  }
}
