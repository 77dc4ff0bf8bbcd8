package io.penstock.connectors.kafka.trial;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Feeds a flow on a thread of its own, whatever happens to the broker, until it is stopped. */
final class Feeding {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> work;
  private volatile boolean stopped;

  private Feeding(Flow flow, Process process) {
    work =
        thread.submit(
            () -> {
              while (!stopped && !flow.feedsUntil(process, 100)) {}
              return true;
            });
  }

  /** Begins; the flow is not to be fed by others until this is stopped. */
  static Feeding of(Flow flow, Process process) {
    return new Feeding(flow, process);
  }

  /** Stops; what is on its way to a broker has come. */
  void stop() throws InterruptedException, ExecutionException {
    stopped = true;
    var unused = work.get();
    thread.shutdown();
  }
}
