package io.penstock.connectors.redis;

import io.penstock.api.source.Split;
import java.util.Optional;

/**
 * A message of a channel.
 *
 * @param number among those that were heard
 * @param bytes what was published
 * @param channel to which it was published
 * @param pattern by which it was heard; empty where the channel itself is listened to
 * @param receivedAt when it was heard, micros since 1970
 */
record Message(long number, byte[] bytes, String channel, Optional<String> pattern, long receivedAt)
    implements Incoming {
  static final String CHANNEL = "channel";
  static final String PATTERN = "pattern";
  static final String RECEIVED_AT = "received_at";

  @Override
  public Optional<byte[]> value(byte[] field) {
    return Optional.of(bytes);
  }

  @Override
  public String named() {
    return "in a message of `" + channel + "`";
  }

  @Override
  public Optional<String> text(String meta, Split split) {
    return meta.equals(CHANNEL) ? Optional.of(channel) : pattern;
  }

  @Override
  public long micros(String meta) {
    return receivedAt;
  }
}
