package io.penstock.testkit.reference;

import io.penstock.testkit.simulation.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** Small pipelines by seed, with steps of all kinds behind each other. */
public final class Generator {
  private static final long HOUR = 3_600_000_000L;
  private static final int MOST_STAGES = 4;

  /**
   * What is known of the rows of a step.
   *
   * @param placed whether each row was read somewhere, which settles the order of rows of one time
   * @param ordered whether they come in one order, whatever the order of partitions
   * @param windowed whether each row carries a window
   */
  private record Stream(boolean placed, boolean ordered, boolean windowed) {}

  private final Random random;
  private final long unit;
  private final Map<String, Stream> streams = new HashMap<>();
  private final List<Pipe.Source> sources = new ArrayList<>();
  private final List<Pipe.Stage> stages = new ArrayList<>();

  private Generator(long seed) {
    this.random = Chance.of(seed, 20);
    this.unit = one(4) ? HOUR : 1;
  }

  /** The pipeline of a seed. */
  public static Pipe pipe(long seed) {
    Generator generator = new Generator(seed);
    return generator.pipe();
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private long units(int from, int to) {
    return unit * (from + random.nextInt(to - from + 1));
  }

  private Pipe pipe() {
    InputRows input = new InputRows(random, unit);
    for (String name : one(2) ? List.of("a", "b") : List.of("a")) {
      Pipe.Source source = input.source(name);
      sources.add(source);
      streams.put(name, new Stream(true, source.splits().size() == 1, false));
    }
    String last = "a";
    boolean goesOn = true;
    for (int left = 1 + random.nextInt(MOST_STAGES); left > 0 && goesOn; left--) {
      String name = "s" + stages.size();
      goesOn = add(name, last);
      last = name;
    }
    return new Pipe(unit, sources, stages);
  }

  /** Adds a step; whether another may follow. */
  private boolean add(String name, String from) {
    Stream stream = streams.getOrDefault(from, new Stream(false, false, false));
    return switch (random.nextInt(12)) {
      case 0 -> stage(name, plain(), stream, from);
      case 1, 2 -> aggregate(name, from, stream);
      case 3 -> stage(name, top(stream), new Stream(false, false, true), from);
      case 4 -> byTime(name, from, stream);
      case 5 -> distinct(name, from, stream);
      case 6, 7 -> deduplicate(name, from, stream);
      case 8 -> join(name, from, stream);
      case 9 -> over(name, from, stream);
      case 10 -> throttle(name, from, stream);
      default -> two(name, from, stream);
    };
  }

  private boolean stage(String name, Step step, Stream out, String... inputs) {
    stages.add(new Pipe.Stage(name, step, List.of(inputs)));
    streams.put(name, out);
    return true;
  }

  private boolean throttle(String name, String from, Stream stream) {
    boolean byKey = one(2);
    // Rows of one key may go on before those of another.
    Stream out = byKey ? new Stream(false, false, stream.windowed()) : stream;
    return stage(name, new Step.Throttle(byKey, 1 + random.nextInt(3)), out, from);
  }

  private Step plain() {
    return one(2)
        ? new Step.Filter(Plain.Test.values()[random.nextInt(Plain.Test.values().length)])
        : new Step.Change(Plain.Formula.values()[random.nextInt(Plain.Formula.values().length)]);
  }

  private long lateness() {
    return one(2) ? 0 : units(0, 8);
  }

  private Grouping grouping(Stream stream) {
    return new Grouping(windows(stream), lateness());
  }

  private Windows windows(Stream stream) {
    if (stream.windowed() && one(2)) {
      return new Windows.Same();
    }
    if (unit == HOUR && one(2)) {
      Windows.Calendar.Unit[] units = Windows.Calendar.Unit.values();
      int longer = one(3) ? random.nextInt(units.length) : 0;
      return new Windows.Calendar(units[longer], InputRows.ZONE);
    }
    long offset = one(2) ? 0 : units(-3, 15);
    return switch (random.nextInt(3)) {
      case 0 -> new Windows.Tumbling(units(1, 10), offset);
      case 1 -> {
        long every = units(1, 4);
        yield new Windows.Hopping(every + units(0, 6), every, offset);
      }
      default -> {
        long every = units(1, 4);
        yield new Windows.Cumulative(every * (1 + random.nextInt(4)) + units(0, 1), every, offset);
      }
    };
  }

  /** One whose results come again is the last step: of changes the table alone is settled. */
  private boolean aggregate(String name, String from, Stream stream) {
    Step.Aggregate once = aggregate(stream);
    boolean again = one(5) && !(once.in().windows() instanceof Windows.Session);
    OptionalLong every = one(2) ? OptionalLong.of(units(1, 8)) : OptionalLong.empty();
    Step.Shown changes = new Step.Shown(once.shown().least(), true, every);
    Step step = again ? new Step.Aggregate(once.byKey(), once.in(), once.calls(), changes) : once;
    return stage(name, step, new Stream(false, false, true), from) && !again;
  }

  private Step.Aggregate aggregate(Stream stream) {
    Grouping in =
        one(3) ? new Grouping(new Windows.Session(units(1, 6)), lateness()) : grouping(stream);
    List<Call> calls = new ArrayList<>();
    calls.add(new Call(Call.Function.COUNT, "n", one(4)));
    while (calls.size() < 2) {
      Call call = call(stream);
      if (call.function().isWhole()) {
        calls.add(call);
      }
    }
    for (int more = random.nextInt(4); more > 0; more--) {
      calls.add(call(stream));
    }
    OptionalLong least = one(4) ? OptionalLong.of(random.nextInt(4)) : OptionalLong.empty();
    return new Step.Aggregate(!one(3), in, calls, Step.Shown.once(least));
  }

  private Call call(Stream stream) {
    Call.Function[] all = Call.Function.values();
    Call.Function function = all[random.nextInt(all.length)];
    boolean settled = stream.placed() || !function.goesByOrder();
    return new Call(settled ? function : Call.Function.SUM, one(2) ? "n" : "v", one(4));
  }

  private Step top(Stream stream) {
    if (one(3)) {
      return new Step.Sort(grouping(stream));
    }
    return new Step.Top(1 + random.nextInt(3), !one(3), one(2), one(2), one(2), grouping(stream));
  }

  private boolean byTime(String name, String from, Stream stream) {
    Stream out = new Stream(stream.placed(), false, false);
    if (stream.placed() && one(2)) {
      Step fill = new Step.FillGaps(units(1, 3), units(1, 12));
      return stage(name, fill, new Stream(false, false, false), from);
    }
    return stage(name, new Step.SortByTime(), out, from);
  }

  private boolean over(String name, String from, Stream stream) {
    List<Call> calls = new ArrayList<>();
    // Of rows of one time, frames of time have all.
    Stream seen = new Stream(stream.placed(), stream.placed(), false);
    Call first = call(seen);
    calls.add(first.function().isWhole() ? first : new Call(Call.Function.SUM, "v", one(4)));
    for (int more = random.nextInt(3); more > 0; more--) {
      calls.add(call(seen));
    }
    boolean placed = stream.placed();
    Step.Frame frame = placed ? frame() : new Step.Range(units(0, 12), units(-3, 4));
    if (frame instanceof Step.Range range && range.after() < 0) {
      frame = new Step.Range(range.before(), 0);
    }
    OptionalLong within = one(2) ? OptionalLong.empty() : OptionalLong.of(units(1, 6));
    Step over =
        new Step.Over(
            !one(3),
            frame,
            within,
            calls,
            placed && one(2) ? 1 + random.nextInt(3) : 0,
            placed && one(4) ? 1 + random.nextInt(3) : 0,
            placed && one(2));
    return stage(name, over, new Stream(placed, false, false), from);
  }

  private Step.Frame frame() {
    return switch (random.nextInt(4)) {
      case 0 -> new Step.Running();
      case 1 -> new Step.Rows(random.nextInt(4), 0);
      case 2 -> new Step.Rows(random.nextInt(4), random.nextInt(3));
      default -> new Step.Range(units(0, 12), one(2) ? 0 : units(0, 4));
    };
  }

  private boolean distinct(String name, String from, Stream stream) {
    return stream.ordered()
        ? stage(name, new Step.Distinct(grouping(stream)), new Stream(true, true, true), from)
        : stage(name, aggregate(stream), new Stream(false, false, true), from);
  }

  private boolean deduplicate(String name, String from, Stream stream) {
    if (!stream.placed()) {
      return stage(name, top(stream), new Stream(false, false, true), from);
    }
    Step.Keep keep = Step.Keep.values()[random.nextInt(stream.ordered() ? 3 : 2)];
    if (!stream.ordered() && keep == Step.Keep.FIRST) {
      keep = Step.Keep.LATEST;
    }
    Step step = new Step.Deduplicate(keep, units(1, 6));
    boolean ordered = keep == Step.Keep.FIRST;
    return stage(name, step, new Stream(true, ordered, false), from);
  }

  /** A union or a join. */
  private boolean two(String name, String from, Stream stream) {
    String other = other();
    boolean both = stream.placed() && streams.getOrDefault(other, stream).placed();
    // A row that comes twice has one place twice.
    if (one(3) && both && stages.isEmpty() && !other.equals(from)) {
      return stage(name, new Step.Union(), new Stream(true, false, false), from, other);
    }
    return join(name, from, stream);
  }

  private String other() {
    List<String> all = new ArrayList<>(sources.stream().map(Pipe.Source::name).toList());
    all.addAll(stages.stream().map(Pipe.Stage::name).toList());
    // The other source makes most of it.
    return sources.size() > 1 && !one(3) ? "b" : all.get(random.nextInt(all.size()));
  }

  private boolean join(String name, String from, Stream left) {
    String other = other();
    Stream right = streams.getOrDefault(other, left);
    boolean asOf = right.placed() && one(3);
    Step.Type type = Step.Type.values()[random.nextInt(Step.Type.values().length)];
    Step.Bound bound = bound(left, right);
    if (asOf && one(4)) {
      bound = new Step.Unbounded();
    }
    Step join = new Step.Join(bound, type, asOf, one(3));
    boolean windowed = bound instanceof Step.InWindow;
    boolean more = stage(name, join, new Stream(false, false, windowed), from, other);
    return more && !(bound instanceof Step.Unbounded);
  }

  private Step.Bound bound(Stream left, Stream right) {
    if (one(3)) {
      return new Step.InWindow(
          grouping(new Stream(false, false, left.windowed() && right.windowed())));
    }
    long before = units(-2, 6);
    return new Step.Within(before, Math.max(-before, units(-2, 6)));
  }
}
