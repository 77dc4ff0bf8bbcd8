package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Functions about the row and the run. */
public final class Metadata {
  private Metadata() {}

  @Function(
      family = Family.METADATA,
      signature = "() -> timestamp?",
      summary = "The row's event time; null where the pipeline has none.",
      examples = "event_time() === event_time()",
      deterministic = false)
  public static @Nullable Long eventTime(RowContext row) {
    OptionalLong time = row.eventTime();
    return time.isPresent() ? Long.valueOf(time.getAsLong()) : null;
  }

  @Function(
      family = Family.METADATA,
      signature = "() -> timestamp",
      summary = "When the row's batch was read; the same as now().",
      examples = "processing_time() == now()",
      deterministic = false)
  public static long processingTime(RowContext row) {
    return row.now();
  }

  @Function(
      family = Family.METADATA,
      signature = "() -> string",
      summary = "The pipeline's name.",
      examples = "length(pipeline_name()) >= 0",
      deterministic = false)
  public static String pipelineName(RowContext row) {
    return row.pipeline();
  }

  @Function(
      family = Family.METADATA,
      signature = "() -> string",
      summary = "The name of the machine on which the row is worked on.",
      examples = "length(hostname()) > 0",
      deterministic = false)
  public static String hostname(Call call) {
    return call.remember(0, "host", key -> host());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unresolved) {
      // The machine knows its name though nobody knows its address: `name: reason`.
      String message = unresolved.getMessage();
      int colon = message == null ? -1 : message.indexOf(':');
      return message == null || colon <= 0 ? "localhost" : message.substring(0, colon);
    }
  }
}
