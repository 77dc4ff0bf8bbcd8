package io.penstock.connectors.http;

import io.penstock.api.system.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A request that is under way. The time for the whole answer, body and all, is limited. */
final class Pending {
  private final CompletableFuture<HttpResponse<CappedBody.Taken>> answer;
  private final Clock clock;
  private final long begunNanos;
  private final long mostNanos;

  Pending(CompletableFuture<HttpResponse<CappedBody.Taken>> answer, Clock clock, Duration timeout) {
    this.answer = answer;
    this.clock = clock;
    this.begunNanos = clock.nanos();
    this.mostNanos = timeout.toNanos();
  }

  /** The answer; waits at most so long for it, and is empty where it is not there by then. */
  Optional<Answer> await(Duration wait) throws IOException {
    long left = mostNanos - (clock.nanos() - begunNanos);
    try {
      long nanos = Math.max(0, Math.min(left, wait.toNanos()));
      HttpResponse<CappedBody.Taken> response =
          answer.get(nanos, java.util.concurrent.TimeUnit.NANOSECONDS);
      CappedBody.Taken body = response.body();
      return Optional.of(
          new Answer(response.statusCode(), response.headers(), body.bytes(), body.cut()));
    } catch (TimeoutException notYet) {
      if (left > wait.toNanos()) {
        return Optional.empty();
      }
      cancel();
      throw new HttpTimeoutException("no answer");
    } catch (CancellationException cancelled) {
      throw new HttpTimeoutException("no answer");
    } catch (ExecutionException wrong) {
      throw cause(wrong);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Waits until one of several is answered or broken, at most so long. */
  static void awaitAny(Collection<Pending> several, Duration wait) throws IOException {
    CompletableFuture<?>[] answers =
        several.stream().map(one -> one.answer).toArray(CompletableFuture<?>[]::new);
    try {
      Object unused =
          CompletableFuture.anyOf(answers)
              .get(wait.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException said) {
      // Each says by itself what came of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** The answer, whenever it comes within the time that there is. */
  Answer await() throws IOException {
    return await(Duration.ofNanos(mostNanos)).orElseThrow();
  }

  private static IOException cause(ExecutionException wrong) {
    Throwable cause = wrong.getCause();
    if (cause instanceof IOException broken) {
      return broken;
    }
    return new IOException(cause == null ? wrong : cause);
  }

  /** Hangs up. */
  void cancel() {
    boolean unused = answer.cancel(true);
  }
}
