package io.penstock.connectors.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol;

/**
 * What is done for one row.
 *
 * @param row its number
 * @param key the stream, the channel or the key
 * @param value its record
 */
record Order(long row, byte[] key, byte[] value) {
  /** The command that does it. */
  static Protocol.Command command(RedisSinkConfig config) {
    if (config.stream().isPresent()) {
      return Protocol.Command.XADD;
    }
    return config.publish().isPresent() ? Protocol.Command.PUBLISH : Protocol.Command.SET;
  }

  /** What stands behind the command. */
  byte[][] words(RedisSinkConfig config) {
    List<byte[]> words = new ArrayList<>();
    words.add(key);
    if (config.stream().isPresent()) {
      if (config.keep().isPresent()) {
        words.add(Asked.bytes("MAXLEN"));
        words.add(Asked.bytes("~"));
        words.add(Asked.bytes(Long.toString(config.keep().getAsLong())));
      }
      words.add(Asked.bytes("*"));
      words.add(Asked.bytes(config.field()));
    }
    words.add(value);
    if (config.ttl().isPresent()) {
      words.add(Asked.bytes("PX"));
      words.add(Asked.bytes(Long.toString(config.ttl().get().toMillis())));
    }
    return words.toArray(new byte[0][]);
  }

  /** Why the server takes the row not. */
  String refusal() {
    return "the key `"
        + new String(key, java.nio.charset.StandardCharsets.UTF_8)
        + "` holds something that is no stream";
  }
}
