package io.penstock.connectors.redis;

import io.penstock.api.network.Retry;
import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.api.system.Scheduler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** A server with one connection, made anew where it breaks. Used by one thread at a time. */
final class Server implements AutoCloseable {
  private final Way way;
  private final Retry retry;
  private final Failure failure;
  private final Around around;
  private @Nullable Connection connection;

  /** What it needs. */
  record Around(Disk disk, Files files, Clock clock, Scheduler scheduler) {}

  Server(Way way, Retry retry, Failure failure, Around around) {
    this.way = way;
    this.retry = retry;
    this.failure = failure;
    this.around = around;
  }

  /** What is done with a connection. */
  interface Work {
    void with(Asked asked) throws IOException;
  }

  /** Does something once. */
  void once(String doing, Work work) throws IOException {
    try {
      work.with(asked());
    } catch (JedisException wrong) {
      close();
      throw failure.of(doing, wrong);
    }
  }

  /** Does something, and again where the server gives no answer, until that takes too long. */
  void patiently(String doing, Work work) throws IOException {
    long begun = around.clock().nanos();
    for (int failed = 1; ; failed++) {
      try {
        work.with(asked());
        return;
      } catch (JedisException wrong) {
        close();
        long tried = around.clock().nanos() - begun;
        if (!Failure.passes(wrong) || retry.giveUpAfter().isOver(tried)) {
          throw failure.of(doing, wrong);
        }
        sleep(doing, failed, wrong);
      }
    }
  }

  private void sleep(String doing, int failed, JedisException silent) {
    try {
      around.scheduler().sleep(retry.pause(failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failure.of(doing, silent);
    }
  }

  private Asked asked() throws IOException {
    Connection open = connection;
    if (open == null) {
      open = way.connect(around.disk(), around.files());
      connection = open;
    }
    return new Asked(open);
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
