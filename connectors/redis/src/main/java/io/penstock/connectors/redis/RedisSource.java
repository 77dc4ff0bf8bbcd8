package io.penstock.connectors.redis;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Streams, each a split. An offset is the number of an entry's id ({@link EntryId}); the entries
 * before it were read.
 */
final class RedisSource implements Source {
  private static final String DOING = "the streams cannot be read";

  private final RedisSourceConfig config;
  private @Nullable SourceContext run;
  private @Nullable Connection connection;

  RedisSource(RedisSourceConfig config) {
    this.config = config;
  }

  @Override
  public void open(SourceContext context) throws IOException {
    run = context;
    try {
      connection = config.way().connect(context.disk(), context.files());
    } catch (JedisException wrong) {
      throw failure().of(DOING, wrong);
    }
  }

  private Failure failure() {
    return new Failure(context().step(), config.way(), ProblemCode.R210);
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    List<Split> added =
        config.keys().stream()
            .map(Split::new)
            .filter(split -> known.stream().noneMatch(state -> state.split().equals(split)))
            .toList();
    return new Discovery(added, List.of(), List.of());
  }

  @Override
  public Position start(Split split) throws IOException {
    Start start = config.startAt();
    if (start instanceof Start.Earliest) {
      return Position.START;
    }
    return start instanceof Start.At time
        ? new Position(EntryId.first(time.millis()), Position.START.evidence())
        : new Position(behindLast(split), Position.START.evidence());
  }

  @Override
  public Bound end(Split split) throws IOException {
    return new Bound(behindLast(split));
  }

  private long behindLast(Split split) throws IOException {
    try {
      Optional<Asked.Stream> stream = asked().stream(split.id());
      return stream.isEmpty() ? 0 : number(stream.get().lastId(), split) + 1;
    } catch (JedisException wrong) {
      close();
      throw failure().of(DOING, wrong);
    }
  }

  private long number(String id, Split split) {
    return EntryId.number(id).orElseThrow(() -> unnumbered(failure(), split.id(), id));
  }

  /** An id that is past what positions hold. */
  static PipelineException unnumbered(Failure failure, String stream, String id) {
    return failure.problem(
        ProblemCode.R210,
        "the id `" + id + "` of an entry of `" + stream + "` is too large to count with",
        "have the server give the ids (`XADD key *`)");
  }

  @Override
  public Reader reader(ReaderContext reading) throws IOException {
    return new StreamReader(config, context(), reading, failure());
  }

  /** Whether anything is left; how much the server does not say. */
  @Override
  public OptionalLong left(Map<Split, Position> at) throws IOException {
    try {
      for (Map.Entry<Split, Position> from : at.entrySet()) {
        if (from.getValue().offset() < behindLast(from.getKey())) {
          return OptionalLong.empty();
        }
      }
      return OptionalLong.of(0);
    } catch (PipelineException unknown) {
      return OptionalLong.empty();
    }
  }

  private Asked asked() throws IOException {
    Connection open = connection;
    if (open == null) {
      open = config.way().connect(context().disk(), context().files());
      connection = open;
    }
    return new Asked(open);
  }

  private SourceContext context() {
    SourceContext opened = run;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
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
