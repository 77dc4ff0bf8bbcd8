package io.penstock.connectors.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's body up to a limit, then hangs up: a body without end takes neither memory nor
 * time. Called by the client's threads, one at a time.
 */
final class CappedBody implements HttpResponse.BodySubscriber<CappedBody.Taken> {
  private final CompletableFuture<Taken> taken = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long most;
  private Flow.@Nullable Subscription subscription;

  /** What was taken. */
  record Taken(byte[] bytes, boolean cut) {}

  CappedBody(long most) {
    this.most = most;
  }

  @Override
  public CompletionStage<Taken> getBody() {
    return taken;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (taken.isDone()) {
        return;
      }
      int room = (int) Math.min(buffer.remaining(), most - bytes.size());
      byte[] part = new byte[room];
      buffer.get(part);
      bytes.writeBytes(part);
      if (buffer.hasRemaining()) {
        taken.complete(new Taken(bytes.toByteArray(), true));
        Flow.Subscription opened = subscription;
        if (opened != null) {
          opened.cancel();
        }
      }
    }
  }

  @Override
  public void onError(Throwable wrong) {
    taken.completeExceptionally(wrong);
  }

  @Override
  public void onComplete() {
    taken.complete(new Taken(bytes.toByteArray(), false));
  }
}
