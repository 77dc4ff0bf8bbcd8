package io.penstock.connectors.redis;

import io.penstock.api.problem.Origin;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hears the messages of channels. Those that wait wait at the server, which hangs up on who lets
 * too much come together; what is published while nobody is connected is heard by nobody, and that
 * is told.
 */
final class ChannelReader implements Reader {
  static final Split SPLIT = new Split("channels");

  private static final String DOING = "the channels cannot be listened to";
  private static final long MOST_WAIT_MILLIS = 1000;

  private final RedisSourceConfig config;
  private final SourceContext source;
  private final Failure failure;
  private final RecordBlocks blocks;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private final List<Problem> warnings = new ArrayList<>();
  private @Nullable Subscription subscription;
  private long number;
  private boolean paused;
  private long heardNanos;
  private Optional<Long> pingedNanos = Optional.empty();
  private Optional<Gap> gap = Optional.empty();

  /** A time in which nothing was heard. */
  private record Gap(long heardNanos, long failedNanos, int tries) {}

  ChannelReader(
      RedisSourceConfig config, SourceContext source, ReaderContext run, Failure failure) {
    this.config = config;
    this.source = source;
    this.failure = failure;
    this.blocks = new RecordBlocks(config.field(), run, source.meta());
  }

  @Override
  public void assign(Split split, Position from, Bound to) throws IOException {
    number = from.offset();
    try {
      subscribe();
    } catch (JedisException wrong) {
      close();
      throw failure.of(DOING, wrong);
    }
  }

  private void subscribe() throws IOException {
    Subscription open = config.way().subscription(source.disk(), source.files());
    subscription = open;
    List<String> channels = config.channels();
    List<String> patterns = config.channelPatterns();
    open.ask(channels, patterns);
    int silent = channels.size() + patterns.size();
    while (silent > 0) {
      List<?> words =
          open.next(config.timeout().toMillis())
              .orElseThrow(() -> new JedisConnectionException("no answer to a subscription"));
      silent -= Subscription.begins(words) ? 1 : 0;
      take(words);
    }
    heardNanos = source.clock().nanos();
    pingedNanos = Optional.empty();
  }

  @Override
  public void revoke(Split split) {
    paused = true;
  }

  @Override
  public void pause(Set<Split> splits) {
    paused = !splits.isEmpty();
  }

  @Override
  public Step next(Out out, Limits limits, Duration wait) throws IOException {
    if (paused) {
      // What is published meanwhile waits at the server.
      sleep(wait);
      return Step.NOTHING_NOW;
    }
    if (waiting.isEmpty()) {
      hear(limits, wait);
    }
    if (waiting.isEmpty()) {
      return Step.NOTHING_NOW;
    }
    Message last = blocks.hand(SPLIT, waiting, limits, out);
    number = last.number() + 1;
    return Step.MORE;
  }

  private void hear(Limits limits, Duration wait) throws IOException {
    try {
      if (subscription == null) {
        subscribe();
        gap.ifPresent(this::tell);
        gap = Optional.empty();
      }
      listen(limits, Math.min(MOST_WAIT_MILLIS, wait.toMillis()));
    } catch (JedisException wrong) {
      close();
      if (!Failure.passes(wrong)) {
        throw failure.of(DOING, wrong);
      }
      tryAgain(wrong);
    }
  }

  /** Takes what is there, after a wait for the first of it. */
  private void listen(Limits limits, long millis) {
    Subscription open = java.util.Objects.requireNonNull(subscription);
    long bytes = 0;
    Optional<List<?>> words = open.next(millis);
    if (words.isEmpty()) {
      look(open);
      return;
    }
    while (words.isPresent()) {
      bytes += take(words.get());
      boolean full = waiting.size() >= limits.rows() || bytes >= limits.bytes();
      words = full ? Optional.empty() : open.next(0);
    }
    heardNanos = source.clock().nanos();
    pingedNanos = Optional.empty();
  }

  /** Whether a server that says nothing is still there. */
  private void look(Subscription open) {
    long now = source.clock().nanos();
    long patience = config.timeout().toNanos();
    if (pingedNanos.isPresent()) {
      if (now - pingedNanos.get() > patience) {
        throw new JedisConnectionException("the server is silent");
      }
    } else if (now - heardNanos > patience / 2) {
      open.knock();
      pingedNanos = Optional.of(now);
    }
  }

  private int take(List<?> words) {
    Optional<Subscription.Heard> heard = Subscription.message(words);
    if (heard.isEmpty()) {
      return 0;
    }
    Subscription.Heard one = heard.get();
    waiting.add(
        new Message(
            number + waiting.size(),
            one.bytes(),
            one.channel(),
            one.pattern(),
            source.clock().micros()));
    return one.bytes().length;
  }

  private void tryAgain(JedisException silent) throws IOException {
    long now = source.clock().nanos();
    Gap open = gap.orElseGet(() -> new Gap(heardNanos, now, 0));
    Gap longer = new Gap(open.heardNanos(), open.failedNanos(), open.tries() + 1);
    gap = Optional.of(longer);
    if (config.retries().giveUpAfter().isOver(now - longer.failedNanos())) {
      throw failure.of(DOING, silent);
    }
    sleep(config.retries().pause(longer.tries()));
  }

  private void tell(Gap over) {
    long millis = (source.clock().nanos() - over.heardNanos()) / 1_000_000;
    warnings.add(
        Problem.of(
            ProblemCode.W571,
            Origin.file(source.step()),
            "`"
                + config.server()
                + "` was not listened to for up to "
                + millis
                + " ms, and what was published meanwhile is gone",
            "publish what must not be lost to a stream, which `streams` reads on"));
  }

  private void sleep(Duration wait) throws IOException {
    try {
      source.scheduler().sleep(wait);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  @Override
  public Position position(Split split) {
    return new Position(number, new TreeMap<>());
  }

  @Override
  public List<Problem> warnings() {
    List<Problem> all = List.copyOf(warnings);
    warnings.clear();
    return all;
  }

  @Override
  public void close() {
    Subscription open = subscription;
    subscription = null;
    if (open != null) {
      open.close();
    }
  }
}
