package io.penstock.connectors.http;

import io.penstock.api.data.Column;
import io.penstock.api.lookup.LookupKeys;
import io.penstock.api.option.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes requests of keys. */
final class CallKeys {
  private final HttpLookupConfig config;
  private final LookupKeys keys;
  private final Targets targets;
  private final Map<Template, List<Column.Bytes>> computed = new HashMap<>();

  CallKeys(HttpLookupConfig config, LookupKeys keys) {
    this.config = config;
    this.keys = keys;
    this.targets = new Targets(config.url(), config.headers());
    int part = 0;
    for (Template template : config.templates()) {
      List<Column.Bytes> columns = new ArrayList<>();
      for (int i = 0; i < template.expressions().size(); i++) {
        columns.add((Column.Bytes) keys.parts().get(part++));
      }
      computed.put(template, columns);
    }
  }

  int size() {
    return keys.size();
  }

  /** Where a key is asked for; empty where its values make no URL, for which there is a reason. */
  Optional<Target> target(int key) {
    return targets.of(computed, key);
  }

  /** Why the last key has no target. */
  String refusal() {
    return targets.refusal();
  }

  Request request(Target target) {
    Map<String, String> headers = new HashMap<>();
    headers.put("User-Agent", "penstock");
    config.auth().ifPresent(auth -> auth.putInto(headers));
    target
        .headers()
        .forEach(
            (name, value) -> {
              headers.keySet().removeIf(own -> own.equalsIgnoreCase(name));
              headers.put(name, value);
            });
    return new Request("GET", target.uri(), headers, new byte[0], config.maxRecord().bytes());
  }
}
