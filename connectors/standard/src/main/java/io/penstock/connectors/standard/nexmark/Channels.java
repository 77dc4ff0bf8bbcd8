package io.penstock.connectors.standard.nexmark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The channels by which bids come, each with the one URL of its bids. Half of the bids come by one
 * of the first four. Immutable.
 */
final class Channels {
  private static final List<String> HOT = List.of("Google", "Facebook", "Baidu", "Apple");
  private static final int COLD = 10_000;
  private static final int NINE_IN_TEN = 10;
  private static final int SEGMENTS = 3;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz_";

  /** Texts one behind the other: text i ends where text i + 1 begins. */
  record Texts(byte[] bytes, int[] starts) {
    int length(int text) {
      return starts[text + 1] - starts[text];
    }
  }

  private final Texts names;
  private final Texts urls;

  Channels(long seed) {
    int count = HOT.size() + COLD;
    ByteArrayOutputStream nameBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream urlBytes = new ByteArrayOutputStream();
    int[] nameStarts = new int[count + 1];
    int[] urlStarts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      String name = i < HOT.size() ? HOT.get(i) : "channel-" + (i - HOT.size());
      nameBytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
      urlBytes.writeBytes(url(seed, i).getBytes(StandardCharsets.US_ASCII));
      nameStarts[i + 1] = nameBytes.size();
      urlStarts[i + 1] = urlBytes.size();
    }
    names = new Texts(nameBytes.toByteArray(), nameStarts);
    urls = new Texts(urlBytes.toByteArray(), urlStarts);
  }

  private static String url(long seed, int channel) {
    long key = Draw.key(seed, channel);
    StringBuilder url = new StringBuilder("https://www.auctions.example");
    for (int segment = 0; segment < SEGMENTS; segment++) {
      long bits = Draw.mixed(Draw.URL.bits(key) + segment);
      int length = SHORTEST + Draw.below(bits, LONGEST - SHORTEST + 1);
      url.append('/');
      for (int i = 0; i < length; i++) {
        bits = Draw.mixed(bits + i);
        url.append(LETTERS.charAt(Draw.below(bits, LETTERS.length())));
      }
    }
    url.append("/item.htm?query=1");
    if (channel >= HOT.size() && Draw.EXTRA.below(NINE_IN_TEN, key) > 0) {
      url.append("&channel_id=").append(Draw.CHANNEL.bits(key) >>> 33);
    }
    return url.toString();
  }

  /** The channel for which these 64 bits were drawn. */
  int of(long bits) {
    return bits < 0 ? Draw.below(bits << 1, HOT.size()) : HOT.size() + Draw.below(bits << 1, COLD);
  }

  Texts names() {
    return names;
  }

  Texts urls() {
    return urls;
  }
}
