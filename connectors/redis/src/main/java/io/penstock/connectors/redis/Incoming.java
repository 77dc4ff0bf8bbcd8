package io.penstock.connectors.redis;

import io.penstock.api.source.Split;
import java.util.Optional;

/** What has come from a server and is to be handed on as a record. */
interface Incoming {
  /** Its number among those of its split. */
  long number();

  /** The record; empty where what has come has no such field. */
  Optional<byte[]> value(byte[] field);

  /** What it is called in messages. */
  String named();

  /** The text of this name of {@code meta.*}; empty where it has none. */
  Optional<String> text(String meta, Split split);

  /** The time of this name of {@code meta.*}, micros since 1970. */
  long micros(String meta);
}
