package io.penstock.connectors.redis;

import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads streams in turn. A look at a stream and at what is said of it are of one moment, so that
 * entries that were removed before they were read are noticed. A server that gives no answer is
 * tried again.
 */
final class StreamReader implements Reader {
  private static final String DOING = "the streams cannot be read";
  private static final int MOST_ENTRIES = 1000;
  private static final long MOST_WAIT_MILLIS = 1000;

  private final RedisSourceConfig config;
  private final SourceContext source;
  private final Failure failure;
  private final RecordBlocks blocks;
  private final Map<Split, StreamPart> parts = new LinkedHashMap<>();
  private Set<Split> paused = Set.of();
  private @Nullable Connection connection;
  private int failed;
  private long failedNanos;

  StreamReader(RedisSourceConfig config, SourceContext source, ReaderContext run, Failure failure) {
    this.config = config;
    this.source = source;
    this.failure = failure;
    this.blocks = new RecordBlocks(config.field(), run, source.meta());
  }

  @Override
  public void assign(Split split, Position from, Bound to) throws IOException {
    StreamPart part = new StreamPart(split.id(), from, to.offset(), failure);
    parts.put(split, part);
    try {
      // Says at once what is gone; what is found is found again.
      part.verify(asked().look(split.id(), EntryId.before(from.offset()), 1));
    } catch (JedisException wrong) {
      close();
      throw failure.of(DOING, wrong);
    }
  }

  @Override
  public void revoke(Split split) {
    parts.remove(split);
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = Set.copyOf(splits);
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    Optional<Split> ready = ready();
    if (ready.isEmpty()) {
      if (parts.values().stream().allMatch(StreamPart::ended)) {
        return Step.ENDED;
      }
      fetch(wait);
      ready = ready();
    }
    if (ready.isEmpty()) {
      return parts.values().stream().allMatch(StreamPart::ended) ? Step.ENDED : Step.NOTHING_NOW;
    }
    // In turn: the one that has given goes behind the others.
    StreamPart part = java.util.Objects.requireNonNull(parts.remove(ready.get()));
    parts.put(ready.get(), part);
    part.gave(blocks.hand(ready.get(), part.waiting(), limits, out));
    return Step.MORE;
  }

  private Optional<Split> ready() {
    return parts.entrySet().stream()
        .filter(part -> !part.getValue().waiting().isEmpty() && !paused.contains(part.getKey()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void fetch(Duration wait) throws IOException {
    try {
      look();
      if (ready().isEmpty() && !wait.isZero()) {
        await(Math.min(MOST_WAIT_MILLIS, wait.toMillis()));
        look();
      }
      failed = 0;
    } catch (JedisException wrong) {
      close();
      if (!Failure.passes(wrong)) {
        throw failure.of(DOING, wrong);
      }
      tryAgain(wrong);
    }
  }

  private void look() throws IOException {
    for (Map.Entry<Split, StreamPart> part : parts.entrySet()) {
      StreamPart stream = part.getValue();
      if (stream.waiting().isEmpty() && !stream.ended() && !paused.contains(part.getKey())) {
        stream.take(asked().look(stream.key(), stream.behind(), MOST_ENTRIES), MOST_ENTRIES);
      }
    }
  }

  private void await(long millis) throws IOException {
    List<StreamPart> open =
        parts.entrySet().stream()
            .filter(part -> !part.getValue().ended() && !paused.contains(part.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (!open.isEmpty()) {
      asked()
          .await(
              open.stream().map(StreamPart::key).toList(),
              open.stream().map(StreamPart::behind).toList(),
              // The client takes a longer silence than its own limit for a lost connection.
              Math.min(millis, Math.max(1, config.timeout().toMillis() / 2)));
    }
  }

  private void tryAgain(JedisException silent) {
    long now = source.clock().nanos();
    failedNanos = failed == 0 ? now : failedNanos;
    failed++;
    if (config.retries().giveUpAfter().isOver(now - failedNanos)) {
      throw failure.of(DOING, silent);
    }
    try {
      source.scheduler().sleep(config.retries().pause(failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failure.of(DOING, silent);
    }
  }

  private Asked asked() throws IOException {
    Connection open = connection;
    if (open == null) {
      open = config.way().connect(source.disk(), source.files());
      connection = open;
    }
    return new Asked(open);
  }

  @Override
  public Position position(Split split) {
    StreamPart part = parts.get(split);
    return part == null ? Position.START : part.position();
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
