package io.penstock.connectors.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Makes the requests of one epoch, each with a key: what names the run, the step, the epoch, the
 * rows, and what the body is. A request that is repeated, by this process or a later one, has the
 * same key; where an edit has changed what is sent, it has another.
 *
 * @param of the run, the step and the epoch
 */
record Letterhead(HttpSinkConfig config, String of) {
  private static final long MOST_OF_ANSWER = 64 << 10;
  private static final long MOST_OF_ITEMS = 16 << 20;

  Request request(Target target, BodyForm.Made body, BodyForm form) {
    Map<String, String> headers = new HashMap<>();
    headers.put("User-Agent", "penstock");
    headers.put("Content-Type", form.contentType());
    config.auth().ifPresent(auth -> auth.putInto(headers));
    // One that is given takes the place of ours, whatever its letters.
    target
        .headers()
        .forEach(
            (name, value) -> {
              headers.keySet().removeIf(own -> own.equalsIgnoreCase(name));
              headers.put(name, value);
            });
    headers.put(config.keyHeader(), key(body));
    if (config.compression() == HttpSinkConfig.Packing.GZIP) {
      headers.put("Content-Encoding", "gzip");
    }
    long most = config.itemErrors().isPresent() ? MOST_OF_ITEMS : MOST_OF_ANSWER;
    return new Request(config.method(), target.uri(), headers, form.packed(body.bytes()), most);
  }

  private String key(BodyForm.Made body) {
    CRC32C check = new CRC32C();
    check.update(body.bytes());
    return of
        + "-"
        + body.numbers()[0]
        + "-"
        + body.numbers().length
        + String.format(Locale.ROOT, "-%08x", check.getValue());
  }
}
