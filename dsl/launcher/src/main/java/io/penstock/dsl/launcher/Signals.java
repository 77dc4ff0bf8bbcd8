package io.penstock.dsl.launcher;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns SIGINT and SIGTERM into calls: the first one, and each after it. The calls come from the
 * virtual machine's own thread.
 */
final class Signals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM");

  private final AtomicInteger received = new AtomicInteger();
  private final List<Runnable> restore = new java.util.ArrayList<>();

  private Signals() {}

  /** Watches until closed. */
  static Signals watch(Runnable first, Runnable further) {
    Signals signals = new Signals();
    for (String name : NAMES) {
      Signal signal = new Signal(name);
      SignalHandler before =
          Signal.handle(
              signal,
              ignored -> {
                if (signals.received.getAndIncrement() == 0) {
                  first.run();
                } else {
                  further.run();
                }
              });
      signals.restore.add(() -> Signal.handle(signal, before));
    }
    return signals;
  }

  @Override
  public void close() {
    restore.forEach(Runnable::run);
  }
}
