package io.penstock.connectors.redis;

import io.penstock.api.data.BytesBuilder;
import io.penstock.api.lookup.Answers;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.lookup.Trouble;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks a server for as many keys at once as may be under way. What may pass is tried again; once
 * that has gone on for too long without any answer, the keys that are left are asked for once.
 */
final class RedisLookup implements Lookup {
  private static final String DOING = "the server cannot be asked";

  private final RedisLookupConfig config;
  private @Nullable LookupContext run;
  private @Nullable Connection connection;

  RedisLookup(RedisLookupConfig config) {
    this.config = config;
  }

  @Override
  public void open(LookupContext context) throws IOException {
    run = context;
    try {
      asked().ping();
    } catch (JedisException wrong) {
      throw failure().of(DOING, wrong);
    }
  }

  private LookupContext opened() {
    return java.util.Objects.requireNonNull(run);
  }

  private Failure failure() {
    Way way = config.way(opened().limits().timeout());
    return new Failure(opened().step(), way, ProblemCode.R210);
  }

  private Asked asked() throws IOException {
    Connection open = connection;
    if (open == null) {
      Way way = config.way(opened().limits().timeout());
      open = way.connect(opened().disk(), opened().files());
      connection = open;
    }
    return new Asked(open);
  }

  @Override
  public void ask(LookupKeys keys, Answers into) throws IOException {
    Trouble trouble = new Trouble(config.retries(), opened());
    int most = opened().limits().inFlight();
    for (int from = 0; from < keys.size(); from += most) {
      if (!isSettled(from, Math.min(keys.size(), from + most), keys, into, trouble)) {
        return;
      }
    }
  }

  /** Asks until something was said of each; false where nobody wants to know any more. */
  private boolean isSettled(int from, int to, LookupKeys keys, Answers into, Trouble trouble)
      throws IOException {
    List<String> names = new ArrayList<>();
    for (int key = from; key < to; key++) {
      names.add(name(keys, key));
    }
    for (int tries = 1; !opened().isAbandoned(); tries++) {
      try {
        take(from, asked().values(names), into);
        trouble.over();
        return true;
      } catch (JedisException wrong) {
        close();
        if (!Failure.passes(wrong)) {
          throw failure().of(DOING, wrong);
        }
        if (trouble.isSpent(tries)) {
          String times = tries > 1 ? ", the last of " + tries + " times" : "";
          String why = failure().of(DOING, wrong).problem().message() + times;
          for (int key = from; key < to; key++) {
            into.failed(key, ProblemCode.D223, why);
          }
          return true;
        }
        trouble.pause(tries);
      }
    }
    return false;
  }

  private String name(LookupKeys keys, int key) {
    StringBuilder name = new StringBuilder();
    int part = 0;
    for (Template.Part piece : config.get().parts()) {
      name.append(
          piece instanceof Template.Literal literal ? literal.text() : keys.text(part++, key));
    }
    return name.toString();
  }

  private void take(int from, List<Object> values, Answers into) {
    for (Object value : values) {
      // Nothing was said of any key yet, so all are asked for again.
      if (value instanceof JedisDataException wrong && !isAboutTheKey(wrong)) {
        throw wrong;
      }
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof JedisDataException wrong) {
        into.failed(from + i, ProblemCode.D223, DOING + ": " + wrong.getMessage());
      } else if (!(values.get(i) instanceof byte[] bytes)) {
        into.missing(from + i);
      } else if (config.format().isPresent()) {
        into.found(from + i, bytes);
      } else {
        text(from + i, bytes, into);
      }
    }
  }

  private static boolean isAboutTheKey(JedisDataException wrong) {
    return String.valueOf(wrong.getMessage()).startsWith("WRONGTYPE");
  }

  private static void text(int key, byte[] bytes, Answers into) {
    try {
      Object unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      ((BytesBuilder) into.column(0)).add(bytes);
      into.found(key);
    } catch (CharacterCodingException malformed) {
      into.failed(key, ProblemCode.D102, "what the key holds is no text in UTF-8");
    }
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
