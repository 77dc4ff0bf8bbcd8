package io.penstock.bench;

import java.util.Locale;

/** The kinds of data, each a text of lines. */
enum Workload {
  /** Bids of an auction house as JSON lines, roughly in the order of their time. */
  BIDS {
    @Override
    void fields(long number, SplitMix random, Lines line) {
      long base = number / 50;
      long auction =
          (base + (random.below(2) == 0 ? random.below(12) : random.below(1800))) % AUCTIONS;
      long at = FIRST_MILLIS + number / 5 - random.below(1000);
      line.text("{\"auction\":").number(auction);
      line.text(",\"bidder\":").number(random.below(50_000));
      line.text(",\"price\":").number(1 + random.below(10_000));
      line.text(",\"channel\":\"");
      int channel = random.below(8);
      if (channel < KNOWN_CHANNELS.length) {
        line.text(KNOWN_CHANNELS[channel]);
      } else {
        line.text("channel-").number(random.below(10_000));
      }
      line.text("\",\"url\":\"https://auctions.example/").letters(random, 5);
      line.text("/item?query=1&channel_id=").number(random.below(1_000_000));
      line.text("\",\"dateTime\":\"").instant(at);
      line.text("\",\"extra\":\"").letters(random, 96);
      line.text("\"}");
    }
  },

  /** Measured temperatures: {@code station;temperature}. */
  TEMPERATURES {
    @Override
    void fields(long number, SplitMix random, Lines line) {
      int station = random.below(STATIONS);
      int mean = MEANS[station];
      int spread =
          random.below(256) + random.below(256) + random.below(256) + random.below(256) - 510;
      int tenths = Math.max(-999, Math.min(999, mean + spread));
      line.text("station-").number(station).text(station % 20 == 0 ? "-é;" : ";");
      if (tenths < 0) {
        line.text("-");
      }
      line.number(Math.abs(tenths) / 10).text(".").number(Math.abs(tenths) % 10);
    }
  },

  /** The auctions that bids are looked up in, with a header. */
  AUCTIONS_TABLE {
    @Override
    String header() {
      return "id,category,seller,item";
    }

    @Override
    void fields(long number, SplitMix random, Lines line) {
      line.number(number).text(",").number(random.below(10)).text(",").number(random.below(20_000));
      line.text(",item-").letters(random, 5);
    }
  };

  private static final long FIRST_MILLIS = 1_767_225_601_000L;
  private static final long AUCTIONS = 100_000;
  private static final int STATIONS = 413;
  private static final int[] MEANS = means();
  private static final int KIND_SHIFT = 56;
  private static final String[] KNOWN_CHANNELS = {"Google", "Facebook", "Baidu", "Apple"};

  /** The first line; empty for none. */
  String header() {
    return "";
  }

  /** Appends the line of a number; the same one whatever was made before. */
  final void line(long number, SplitMix random, Lines lines) {
    random.seed(((long) ordinal() << KIND_SHIFT) + number);
    fields(number, random, lines);
    lines.end();
  }

  /** Appends the line of a number, without its end. */
  abstract void fields(long number, SplitMix random, Lines line);

  private static int[] means() {
    SplitMix random = new SplitMix(STATIONS);
    int[] tenths = new int[STATIONS];
    for (int station = 0; station < STATIONS; station++) {
      tenths[station] = random.below(450) - 100;
    }
    return tenths;
  }

  static Workload named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
