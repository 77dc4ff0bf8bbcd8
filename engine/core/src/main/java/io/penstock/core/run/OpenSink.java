package io.penstock.core.run;

import io.penstock.api.data.Schema;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.core.logical.LogicalNode;
import io.penstock.core.logical.Operation;
import io.penstock.core.operator.Broken;
import io.penstock.core.runner.RunRequest;
import io.penstock.core.system.CagedFiles;
import java.io.IOException;
import java.util.List;

/** A sink that is open, with its writer. */
final class OpenSink implements AutoCloseable {
  private final LogicalNode node;
  private final Sink sink;
  private final SinkWriter writer;
  private final boolean staged;

  private OpenSink(LogicalNode node, Sink sink, SinkWriter writer, boolean staged) {
    this.node = node;
    this.sink = sink;
    this.writer = writer;
    this.staged = staged;
  }

  /**
   * Opens a sink.
   *
   * @param run a name for this run
   * @param schema of the rows that it takes
   */
  static OpenSink open(LogicalNode node, Schema schema, String run, RunRequest request) {
    Operation.Write write = (Operation.Write) node.operation();
    SinkTraits.Kind kind = write.sink().traits(SinkUse.EPHEMERAL).kind();
    if (kind == SinkTraits.Kind.SPOOLED) {
      throw new PipelineException(
          Problem.of(
              ProblemCode.E115,
              node.origin(),
              "`" + node.step() + "` needs a spool, which comes with kept state",
              "take another sink"));
    }
    Sink sink = write.sink().sink();
    try {
      CagedFiles files =
          new CagedFiles(request.disk(), request.root(), request.confine(), node.origin());
      sink.open(
          new SinkContext(
              node.step(),
              run,
              schema,
              write.format().map(FormatConfig::format),
              request.disk(),
              files,
              request.clock(),
              request.console(),
              false));
      return new OpenSink(node, sink, sink.writer(0), kind == SinkTraits.Kind.STAGED);
    } catch (IOException e) {
      throw Broken.sink(node, e);
    } catch (PipelineException e) {
      throw new PipelineException(Placed.at(node, e.problem()), e);
    }
  }

  LogicalNode node() {
    return node;
  }

  SinkWriter writer() {
    return writer;
  }

  /** Makes what is staged visible. */
  Rejects commit(long epoch, List<Staged> handles) {
    if (!staged) {
      return Rejects.NONE;
    }
    try {
      return sink.commit(epoch, epoch - 1, handles);
    } catch (IOException e) {
      throw Broken.sink(node, e);
    } catch (PipelineException e) {
      throw new PipelineException(Placed.at(node, e.problem()), e);
    }
  }

  /** Removes what is staged; what goes wrong on the way is less than what went wrong before. */
  void abort(long epoch, List<Staged> handles) {
    try {
      writer.close();
      if (staged) {
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
      writer.close();
    } finally {
      sink.close();
    }
  }
}
