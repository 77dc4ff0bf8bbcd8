package io.penstock.connectors.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection on which messages are heard. Waiting for one may end without one, and the connection
 * stays good: the client takes a wait that ends for a lost connection. Used by one thread.
 */
final class Subscription extends Connection {
  private static final Object NOTHING = new Object();
  private static final byte ANY = 0;

  // Logging in, of which the client's constructor waits for the answers, is not listening yet.
  private boolean listens;
  private int patienceMillis;

  /** What was heard. */
  record Heard(byte[] bytes, String channel, Optional<String> pattern) {}

  Subscription(HostAndPort server, JedisClientConfig config) {
    super(server, config);
  }

  /** Asks for messages; what is published from then on is heard once the server has said so. */
  void ask(List<String> channels, List<String> patterns) {
    listens = true;
    if (!channels.isEmpty()) {
      sendCommand(Protocol.Command.SUBSCRIBE, channels.toArray(String[]::new));
    }
    if (!patterns.isEmpty()) {
      sendCommand(Protocol.Command.PSUBSCRIBE, patterns.toArray(String[]::new));
    }
  }

  /** Asks whether the server is still there; it answers between messages. */
  void knock() {
    sendCommand(Protocol.Command.PING);
  }

  /**
   * The words of what comes next; empty where nothing comes in time. What has begun to come is
   * waited for as long as for any answer.
   *
   * @param millis how long; 0 for what is there already
   */
  Optional<List<?>> next(long millis) {
    patienceMillis = (int) Math.min(Integer.MAX_VALUE, millis);
    Object answer = getOne();
    if (answer == NOTHING) {
      return Optional.empty();
    }
    return Optional.of(answer instanceof List<?> words ? words : List.of(answer));
  }

  @Override
  protected Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
    if (listens && !hasBegun(in)) {
      return NOTHING;
    }
    return super.protocolRead(in, pushes);
  }

  private boolean hasBegun(RedisInputStream in) {
    try {
      if (in.available() > 0) {
        return true;
      }
      if (patienceMillis == 0) {
        return false;
      }
      return comes(in);
    } catch (IOException broken) {
      throw new JedisConnectionException(broken);
    } catch (JedisConnectionException ended) {
      if (ended.getCause() instanceof SocketTimeoutException) {
        return false;
      }
      throw ended;
    }
  }

  private boolean comes(RedisInputStream in) {
    int usual = getSoTimeout();
    setSoTimeout(patienceMillis);
    try {
      boolean unused = in.peek(ANY);
      return true;
    } finally {
      // What has begun to come has the usual time to come to its end.
      setSoTimeout(usual);
    }
  }

  /** Whether the server says with this that it lets one more channel or pattern be heard. */
  static boolean begins(List<?> words) {
    String kind = text(words.get(0));
    return kind.equals("subscribe") || kind.equals("psubscribe");
  }

  /** The message that these words are; empty for any other answer. */
  static Optional<Heard> message(List<?> words) {
    return switch (text(words.get(0))) {
      case "message" ->
          Optional.of(new Heard((byte[]) words.get(2), text(words.get(1)), Optional.empty()));
      case "pmessage" ->
          Optional.of(
              new Heard(
                  (byte[]) words.get(3), text(words.get(2)), Optional.of(text(words.get(1)))));
      default -> Optional.empty();
    };
  }

  private static String text(Object said) {
    return said instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(said);
  }
}
