package io.penstock.core.run;

import io.penstock.api.sink.EarlyRows;
import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import java.io.IOException;
import java.util.List;

/** Writes to the spool of a sink, then shows the rows to the sink. */
final class EarlyWriter implements SinkWriter {
  private final SinkWriter spool;
  private final EarlyRows early;
  private boolean any;

  EarlyWriter(SinkWriter spool, EarlyRows early) {
    this.spool = spool;
    this.early = early;
  }

  @Override
  public Rejects write(SinkRows rows) throws IOException {
    Rejects rejects = spool.write(rows);
    any = true;
    early.write(rows);
    return rejects;
  }

  @Override
  public void tick() throws IOException {
    spool.tick();
  }

  @Override
  public List<Staged> prepare(long ended) throws IOException {
    List<Staged> staged = spool.prepare(ended);
    if (any) {
      early.ended(ended);
    }
    any = false;
    return staged;
  }

  @Override
  public Forcing forcing() {
    return spool.forcing();
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
