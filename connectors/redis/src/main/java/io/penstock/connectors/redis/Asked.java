package io.penstock.connectors.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a server is asked. Used by one thread. */
record Asked(Connection connection) {
  /** An entry of a stream. */
  record Entry(String id, List<byte[]> fields) {
    /** The value of a field; empty where the entry has none of this name. */
    Optional<byte[]> value(byte[] field) {
      for (int i = 0; i + 1 < fields.size(); i += 2) {
        if (java.util.Arrays.equals(field, fields.get(i))) {
          return Optional.of(fields.get(i + 1));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * What the server says of a stream.
   *
   * @param length how many entries it has
   * @param lastId the greatest id that it ever gave
   * @param firstId the id of its first entry; empty where it has none
   * @param added how many entries it ever got; empty where the server (before 7) does not count
   */
  record Stream(long length, String lastId, Optional<String> firstId, Optional<Long> added) {}

  /** A stream and entries of it, both of the same moment; empty where there is no stream. */
  record Look(Optional<Stream> stream, List<Entry> entries) {}

  /** Throws where the server does not answer. */
  void ping() {
    Object unused = answer(Protocol.Command.PING);
  }

  /** What a key holds, as the server calls it. */
  String kind(String key) {
    return text(answer(Protocol.Command.TYPE, bytes(key)));
  }

  /** The text of a key; empty where there is none. */
  Optional<String> value(String key) {
    Object found = answer(Protocol.Command.GET, bytes(key));
    return found == null ? Optional.empty() : Optional.of(text(found));
  }

  /**
   * What keys hold, in their order, asked for together: bytes, {@code null} for nothing, or an
   * exception.
   */
  List<Object> values(List<String> keys) {
    keys.forEach(key -> connection.sendCommand(Protocol.Command.GET, bytes(key)));
    return connection.getMany(keys.size());
  }

  /** What is said of a stream; empty where there is none. */
  Optional<Stream> stream(String key) {
    return look(key, "0-0", 1).stream();
  }

  /** Entries behind an id, at most so many. */
  Look look(String key, String behind, int most) {
    connection.sendCommand(Protocol.Command.MULTI);
    connection.sendCommand(Protocol.Command.XINFO, bytes("STREAM"), bytes(key));
    connection.sendCommand(
        Protocol.Command.XREAD,
        bytes("COUNT"),
        bytes(Integer.toString(most)),
        bytes("STREAMS"),
        bytes(key),
        bytes(behind));
    connection.sendCommand(Protocol.Command.EXEC);
    List<Object> answers = connection.getMany(4);
    answers.forEach(Asked::refused);
    List<?> both = (List<?>) answers.get(3);
    if (both.get(0) instanceof JedisDataException missing) {
      if (String.valueOf(missing.getMessage()).contains("no such key")) {
        return new Look(Optional.empty(), List.of());
      }
      throw missing;
    }
    refused(both.get(1));
    return new Look(Optional.of(about((List<?>) both.get(0))), entries(both.get(1)));
  }

  /** Waits until one of the streams has an entry behind its id, or the time is over. */
  void await(List<String> keys, List<String> behind, long millis) {
    List<byte[]> words = new ArrayList<>();
    for (String word : List.of("COUNT", "1", "BLOCK", Long.toString(Math.max(1, millis)))) {
      words.add(bytes(word));
    }
    words.add(bytes("STREAMS"));
    keys.forEach(key -> words.add(bytes(key)));
    behind.forEach(id -> words.add(bytes(id)));
    Object unused = answer(Protocol.Command.XREAD, words.toArray(new byte[0][]));
  }

  private Object answer(Protocol.Command command, byte[]... words) {
    connection.sendCommand(command, words);
    return connection.getOne();
  }

  private static void refused(Object answer) {
    if (answer instanceof JedisDataException wrong) {
      throw wrong;
    }
  }

  private static Stream about(List<?> said) {
    long length = 0;
    String lastId = "0-0";
    Optional<String> firstId = Optional.empty();
    Optional<Long> added = Optional.empty();
    for (int i = 0; i + 1 < said.size(); i += 2) {
      Object value = said.get(i + 1);
      switch (text(said.get(i))) {
        case "length" -> length = (Long) value;
        case "last-generated-id" -> lastId = text(value);
        case "entries-added" -> added = Optional.of((Long) value);
        case "first-entry" ->
            firstId = value instanceof List<?> entry ? Optional.of(text(entry.get(0))) : firstId;
        default -> {
          // Nothing that is asked for.
        }
      }
    }
    return new Stream(length, lastId, firstId, added);
  }

  private static List<Entry> entries(Object said) {
    List<Entry> entries = new ArrayList<>();
    if (!(said instanceof List<?> streams)) {
      return entries;
    }
    for (Object stream : streams) {
      for (Object entry : (List<?>) ((List<?>) stream).get(1)) {
        List<?> parts = (List<?>) entry;
        List<byte[]> fields = new ArrayList<>();
        ((List<?>) parts.get(1)).forEach(part -> fields.add((byte[]) part));
        entries.add(new Entry(text(parts.get(0)), fields));
      }
    }
    return entries;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Object said) {
    return said instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(said);
  }
}
