package io.penstock.core.delivery;

import io.penstock.api.sink.SinkTraits;
import io.penstock.api.source.SourceTraits;
import io.penstock.core.logical.Delivery;

/**
 * What is promised of the rows from one source to one sink, whatever happens to the process.
 *
 * @param words the guarantee as it is shown, with the reason of the weakest link
 * @param weakest which side of the path is weakest, and why: {@code the sink `out` writes at once};
 *     empty where nothing is
 */
public record Guarantee(Level level, String words, String weakest) {
  /** Guarantees, the weakest first. */
  public enum Level {
    /** A new start begins anew: rows come again, or are lost. */
    NONE("nothing"),
    /** No row comes twice, but some may be lost. */
    AT_MOST_ONCE("at most once"),
    /** No row is lost, but some may come twice. */
    AT_LEAST_ONCE("at least once"),
    /** Rows may come twice, but the second time changes nothing. */
    EFFECTIVELY_ONCE("effectively once by key"),
    /** Each row comes once. */
    EXACTLY_ONCE("exactly once");

    private final String words;

    Level(String words) {
      this.words = words;
    }

    /** As it is said. */
    public String words() {
      return words;
    }

    /** Whether it is as much as is asked for. */
    public boolean reaches(Delivery floor) {
      return switch (floor) {
        case AT_LEAST_ONCE -> compareTo(AT_LEAST_ONCE) >= 0;
        case EXACTLY_ONCE -> this == EXACTLY_ONCE;
      };
    }
  }

  /**
   * The guarantee of a path.
   *
   * @param keepsState whether the run keeps state
   */
  public static Guarantee of(
      String source, SourceTraits from, String sink, SinkTraits to, boolean keepsState) {
    if (to.loses()) {
      String weakest = "the sink `" + sink + "` is never told whether rows arrive";
      return new Guarantee(Level.NONE, "no guarantee, because " + weakest, weakest);
    }
    if (keepsState) {
      return kept(source, from, sink, to);
    }
    return from.bounded() ? ephemeral(source, from, sink, to) : forgotten(source);
  }

  /** Positions, state and pending output are decided together, and output after it. */
  private static Guarantee kept(String source, SourceTraits from, String sink, SinkTraits to) {
    if (from.held()) {
      return because(
          Level.AT_LEAST_ONCE,
          "the source `" + source + "` cannot be read again",
          ": whoever sends to it sends again what was not answered" + before(sink, to));
    }
    if (!from.replayable()) {
      return because(
          Level.AT_MOST_ONCE,
          "the source `" + source + "` cannot be read again",
          ": what was read and not yet written is lost with the process");
    }
    if (to.kind() != SinkTraits.Kind.IMMEDIATE) {
      return decidedFirst(source, from, sink, to);
    }
    if (!to.idempotentByKey()) {
      return because(
          Level.AT_LEAST_ONCE,
          writesAtOnce(sink),
          ": rows since the last checkpoint come again after a crash");
    }
    return from.deterministic()
        ? because(
            Level.EFFECTIVELY_ONCE,
            writesAtOnce(sink),
            ": rows since the last checkpoint are written over after a crash")
        : because(
            Level.AT_LEAST_ONCE,
            "the source `" + source + "` may give other rows when it is read again",
            ", and the sink `" + sink + "` writes at once");
  }

  /**
   * What is written before it is answered is written again; no step remembers what is not decided.
   */
  private static String before(String sink, SinkTraits to) {
    return to.kind() == SinkTraits.Kind.IMMEDIATE && !to.idempotentByKey()
        ? ", and the sink `"
            + sink
            + "` has written it before: after a crash rows come again, past a `deduplicate` too"
        : "";
  }

  /** The sink's rows go out after the decision. */
  private static Guarantee decidedFirst(
      String source, SourceTraits from, String sink, SinkTraits to) {
    if (!from.deterministic()) {
      return because(
          Level.AT_LEAST_ONCE,
          "the source `" + source + "` may give other rows when it is read again",
          "");
    }
    return to.repeats()
        ? because(
            Level.AT_LEAST_ONCE,
            "the sink `" + sink + "` is not told what its receiver has",
            ": an epoch that was cut short is sent again, with the same keys")
        : new Guarantee(Level.EXACTLY_ONCE, Level.EXACTLY_ONCE.words(), "");
  }

  /**
   * The guarantee where a step on the path may find something else the next time, outside or in a
   * table that is refreshed: what is written a second time then is not what was written first.
   * Where rows go out after the decision, those that were made first are kept till then.
   *
   * @param why what may differ
   */
  Guarantee differing(String why, String sink) {
    if (level != Level.EFFECTIVELY_ONCE) {
      return this;
    }
    Guarantee weaker =
        because(Level.AT_LEAST_ONCE, why, ", and the sink `" + sink + "` writes at once");
    // Of a run with one epoch it is said when rows go out, not how often.
    return words.startsWith(level.words())
        ? weaker
        : new Guarantee(weaker.level, words, weaker.weakest);
  }

  /** One epoch: all output appears at the end, and another run replaces it. */
  private static Guarantee ephemeral(String source, SourceTraits from, String sink, SinkTraits to) {
    if (to.kind() == SinkTraits.Kind.IMMEDIATE) {
      boolean same = to.idempotentByKey() && from.deterministic();
      return new Guarantee(
          same ? Level.EFFECTIVELY_ONCE : Level.AT_LEAST_ONCE,
          "rows go out at once; a run that fails may have written some",
          writesAtOnce(sink));
    }
    String words = "all or nothing, when the run ends";
    return from.replayable()
        ? new Guarantee(Level.EXACTLY_ONCE, words, "")
        : new Guarantee(
            Level.AT_MOST_ONCE, words, "the source `" + source + "` cannot be read again");
  }

  private static Guarantee forgotten(String source) {
    return new Guarantee(
        Level.NONE,
        "no guarantee, since no position is kept: a new start begins anew",
        "the source `" + source + "` has no end and the run keeps no state");
  }

  private static Guarantee because(Level level, String weakest, String then) {
    return new Guarantee(level, level.words() + ", because " + weakest + then, weakest);
  }

  private static String writesAtOnce(String sink) {
    return "the sink `" + sink + "` writes at once";
  }
}
