package io.penstock.api.sink;

import java.util.Map;

/** A handle to something staged, as the sink understands it; small, kept in the checkpoint. */
public record Staged(String kind, Map<String, String> details) {
  public Staged {
    details = Map.copyOf(details);
  }
}
