package io.penstock.core.operator;

import io.penstock.api.data.Batch;
import io.penstock.core.logical.Windowing;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of each window, and hands on what comes of them when the window is over. The
 * rows that come out carry the window and have its last moment as their time.
 */
final class WindowGatherOperator implements Operator {
  private final StepContext context;
  private final OpenWindows<OpenRows> windows;
  private @Nullable Batch waiting;

  /**
   * What gathers rows by window.
   *
   * @param made makes what gathers the rows of one window
   */
  WindowGatherOperator(Windowing windowing, Supplier<OpenRows> made, StepContext context) {
    this.context = context;
    this.windows = new OpenWindows<>(windowing, made, context);
  }

  @Override
  public void rows(int input, Batch rows) {
    context.counters().in(rows.size());
    waiting = rows;
  }

  @Override
  public void watermark(long reached) {
    windows.watermark(reached);
  }

  @Override
  public long handedOn(long reached) {
    return windows.handedOn(reached);
  }

  @Override
  public boolean drain(Out out) {
    Batch rows = waiting;
    if (rows != null) {
      waiting = null;
      WindowParts.each(
          windows.windower().windowed(0, rows, out), (key, part) -> windows.at(key).add(part, out));
      windows.makeRoom();
    } else if (windows.over().isPresent()) {
      handOn(windows.over().get(), out);
    }
    return windows.over().isPresent();
  }

  private void handOn(OpenWindows.Over<OpenRows> window, Out out) {
    try {
      Optional<Batch> next = window.held().next();
      if (next.isEmpty()) {
        windows.done();
        return;
      }
      Batch rows = next.get();
      context.counters().out(0, rows.size());
      out.rows(0, rows.with(window.marks(rows.size())));
    } catch (IOException e) {
      throw window.held().store().noRoom(e);
    }
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    windows.snapshot(to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    windows.restore(from);
  }

  @Override
  public void close() {
    windows.close();
  }
}
