package io.penstock.core.expression.useragent;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * Tells browser, system and device from the header that a client sends. Remembers what was asked
 * last, because the library tries hundreds of patterns and clients repeat. Single-threaded.
 */
public final class UserAgents {
  /**
   * What clients say stands in front; the patterns of the library may take long over long texts.
   */
  private static final int MAX_LENGTH = 1_000;

  private static final int REMEMBERED = 2_000;
  private static final String UNKNOWN = "Other";

  private Map<String, @Nullable Object[]> recent = new HashMap<>();
  private Map<String, @Nullable Object[]> older = new HashMap<>();

  /** Read at the first use: the patterns take half a second. */
  private static final class Library {
    private static final Parser PARSER = new Parser();
  }

  /** Browser, its version, system, its version, device; null where it is not known. */
  public @Nullable Object[] parts(String agent) {
    String text = agent.length() <= MAX_LENGTH ? agent : agent.substring(0, MAX_LENGTH);
    @Nullable Object[] parts = recent.get(text);
    if (parts == null) {
      parts = older.get(text);
      if (parts == null) {
        parts = read(text);
      }
      if (recent.size() == REMEMBERED) {
        older = recent;
        recent = new HashMap<>();
      }
      recent.put(text, parts);
    }
    return parts.clone();
  }

  private static @Nullable Object[] read(String text) {
    Client client = Library.PARSER.parse(text);
    return new @Nullable Object[] {
      known(client.userAgent.family),
      version(client.userAgent.major, client.userAgent.minor, client.userAgent.patch),
      known(client.os.family),
      version(client.os.major, client.os.minor, client.os.patch, client.os.patchMinor),
      known(client.device.family)
    };
  }

  private static @Nullable String known(@Nullable String family) {
    return family == null || family.isEmpty() || family.equals(UNKNOWN) ? null : family;
  }

  private static @Nullable String version(@Nullable String... numbers) {
    StringBuilder version = new StringBuilder();
    for (String number : numbers) {
      if (number == null || number.isEmpty()) {
        break;
      }
      version.append(version.isEmpty() ? "" : ".").append(number);
    }
    return version.isEmpty() ? null : version.toString();
  }
}
