package io.penstock.connectors.redis;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SpoolReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes the rows of epochs, piece by piece. The server runs a script for each piece, which no
 * other command comes between: it compares the mark with what this side knows of it, writes the
 * rows, and puts into the mark how far the epoch has come and which rows were refused. So whatever
 * happens, each row is there once, and delivery goes on where it ended.
 */
final class Deliveries {
  private static final String DOING = "the rows cannot be written";
  private static final int MOST_ROWS = 1000;
  private static final long MOST_BYTES = 4 << 20;

  private static final String SCRIPT =
      """
      local now = redis.call('GET', KEYS[1]) or ''
      if now ~= ARGV[1] then
        return {'other', now}
      end
      local epoch, head, refused = ARGV[2], ARGV[3], ARGV[4]
      local mode, field, keep, ttl = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
      for i = 9, #ARGV, 3 do
        local row, key, value = ARGV[i], ARGV[i + 1], ARGV[i + 2]
        local answer
        if mode == 'PUBLISH' then
          answer = redis.pcall('PUBLISH', key, value)
        elseif mode == 'SET' and ttl ~= '' then
          answer = redis.pcall('SET', key, value, 'PX', ttl)
        elseif mode == 'SET' then
          answer = redis.pcall('SET', key, value)
        elseif keep ~= '' then
          answer = redis.pcall('XADD', key, 'MAXLEN', '~', keep, '*', field, value)
        else
          answer = redis.pcall('XADD', key, '*', field, value)
        end
        if type(answer) == 'table' and answer.err then
          if string.find(answer.err, 'WRONGTYPE', 1, true) then
            refused = refused .. '\\n' .. row
          else
            redis.call('SET', KEYS[1], epoch .. ' ' .. row .. ' open' .. refused)
            return {'stopped', answer.err}
          end
        end
      end
      redis.call('SET', KEYS[1], head .. refused)
      return {'done', head .. refused}
      """;

  private final RedisSinkConfig config;
  private final Server server;
  private final Orders orders;
  private final Failure failure;
  private final String key;
  private Mark mark = Mark.of(Optional.empty());

  Deliveries(RedisSinkConfig config, SinkContext run, Server server, Failure failure) {
    this.config = config;
    this.server = server;
    this.failure = failure;
    this.orders = new Orders(config, run);
    this.key = "penstock:" + run.run() + ":" + run.step();
  }

  /** The last epoch of which rows are there. */
  long lastEpoch() throws IOException {
    server.patiently(DOING, asked -> mark = Mark.of(asked.value(key)));
    return mark.epoch();
  }

  /** Delivers an epoch, or what is missing of it. */
  Rejects deliver(long epoch, long previous, SpoolReader rows) throws IOException {
    List<Rejects.Reject> rejects = new ArrayList<>();
    server.patiently(
        DOING,
        asked -> {
          mark = Mark.of(asked.value(key));
          verify(epoch, previous);
          rejects.clear();
          rows.rewind();
          Piece piece = new Piece(asked, epoch, rejects);
          for (Optional<SinkRows> next = rows.next(); next.isPresent(); next = rows.next()) {
            piece.add(next.get());
          }
          piece.end();
        });
    rejects.sort(Comparator.comparingInt(Rejects.Reject::row));
    return rejects.isEmpty() ? Rejects.NONE : new Rejects(rejects);
  }

  private void verify(long epoch, long previous) {
    if (mark.epoch() > epoch) {
      throw takenOver();
    }
    boolean goesOn = mark.epoch() == epoch || mark.epoch() == previous && mark.whole();
    if (!goesOn) {
      throw failure.problem(
          ProblemCode.R302,
          "the last epoch of this run at `"
              + config.server()
              + "` is "
              + (mark.epoch() == 0 ? "none" : mark.epoch() + (mark.whole() ? "" : ", a part of it"))
              + ", and "
              + previous
              + " was delivered: the server has lost rows",
          "bring back what it had (the key `" + key + "`), or begin anew with `--fresh`");
    }
  }

  private PipelineException takenOver() {
    return failure.problem(
        ProblemCode.R301,
        "another process delivers for this run",
        "another process runs with a copy of this state: stop one of them");
  }

  /** Rows of an epoch that are written together. */
  private final class Piece {
    private final Asked asked;
    private final long epoch;
    private final List<Rejects.Reject> rejects;
    private final boolean begun;
    private final List<Order> waiting = new ArrayList<>();
    private long bytes;
    private int rows;

    Piece(Asked asked, long epoch, List<Rejects.Reject> rejects) {
      this.asked = asked;
      this.epoch = epoch;
      this.rejects = rejects;
      this.begun = mark.epoch() == epoch;
    }

    void add(SinkRows next) throws IOException {
      rejects.addAll(orders.make(next, rows, this::take));
      rows += next.rows().size();
    }

    private void take(Order order) {
      boolean there = begun && (mark.whole() || order.row() < mark.rows());
      if (there) {
        refused(order);
        return;
      }
      waiting.add(order);
      bytes += order.key().length + order.value().length;
      if (waiting.size() >= MOST_ROWS || bytes >= MOST_BYTES) {
        write(order.row() + 1, false);
      }
    }

    private void refused(Order order) {
      if (mark.refused().contains(order.row())) {
        rejects.add(new Rejects.Reject((int) order.row(), ProblemCode.D303, order.refusal()));
      }
    }

    void end() {
      if (mark.epoch() != epoch || !mark.whole()) {
        write(rows, true);
      }
    }

    /**
     * Has the server write what waits.
     *
     * @param upTo how many rows are through then
     */
    private void write(long upTo, boolean whole) {
      List<byte[]> words = new ArrayList<>();
      String soFar = mark.epoch() == epoch ? mark.tail() : "";
      for (String word :
          List.of(
              SCRIPT,
              "1",
              key,
              mark.text(),
              Long.toString(epoch),
              Mark.head(epoch, upTo, whole),
              soFar,
              Order.command(config).name(),
              config.field(),
              config.keep().isPresent() ? Long.toString(config.keep().getAsLong()) : "",
              config.ttl().map(ttl -> Long.toString(ttl.toMillis())).orElse(""))) {
        words.add(Asked.bytes(word));
      }
      for (Order order : waiting) {
        words.add(Asked.bytes(Long.toString(order.row())));
        words.add(order.key());
        words.add(order.value());
      }
      asked.connection().sendCommand(Protocol.Command.EVAL, words.toArray(new byte[0][]));
      List<?> answer = (List<?>) asked.connection().getOne();
      String said = new String((byte[]) answer.get(1), StandardCharsets.UTF_8);
      switch (new String((byte[]) answer.get(0), StandardCharsets.UTF_8)) {
        case "done" -> mark = Mark.of(Optional.of(said));
        case "stopped" -> throw new JedisDataException(said);
        default -> throw takenOver();
      }
      waiting.forEach(this::refused);
      waiting.clear();
      bytes = 0;
    }
  }
}
