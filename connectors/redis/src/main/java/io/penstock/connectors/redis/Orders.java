package io.penstock.connectors.redis;

import io.penstock.api.data.Column;
import io.penstock.api.format.Encoder;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes an order of each row. Used by one thread. */
final class Orders {
  private final Template target;
  private final Encoder encoder;

  Orders(RedisSinkConfig config, SinkContext run) {
    this.target = config.target();
    this.encoder = run.format().orElseThrow().encoder(run.schema());
  }

  /** Where orders go. */
  interface Taker {
    void take(Order order) throws IOException;
  }

  /**
   * Makes the orders of rows; those of which none can be made are returned.
   *
   * @param first the number of the first row
   */
  List<Rejects.Reject> make(SinkRows rows, int first, Taker to) throws IOException {
    List<Column.Bytes> texts = rows.computed().getOrDefault(target, List.of());
    List<Rejects.Reject> rejects = new ArrayList<>();
    Rejects unwritable =
        encoder.each(
            rows.rows(),
            (row, bytes, offset, length) -> {
              String key = key(texts, row);
              if (key.isEmpty()) {
                rejects.add(
                    new Rejects.Reject(
                        first + row, ProblemCode.D302, "`" + target + "` gives an empty text"));
                return;
              }
              byte[] value = Arrays.copyOfRange(bytes, offset, offset + length);
              to.take(new Order((long) first + row, Asked.bytes(key), value));
            });
    for (Rejects.Reject reject : unwritable.rows()) {
      rejects.add(new Rejects.Reject(first + reject.row(), reject.code(), reject.message()));
    }
    rejects.sort(Comparator.comparingInt(Rejects.Reject::row));
    return rejects;
  }

  private String key(List<Column.Bytes> texts, int row) {
    if (target.isConstant()) {
      return target.prefix();
    }
    StringBuilder text = new StringBuilder();
    int next = 0;
    for (Template.Part part : target.parts()) {
      if (part instanceof Template.Literal literal) {
        text.append(literal.text());
      } else {
        text.append(texts.get(next++).text(row));
      }
    }
    return text.toString();
  }
}
