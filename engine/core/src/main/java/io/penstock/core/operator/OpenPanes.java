package io.penstock.core.operator;

import io.penstock.core.state.DamagedException;
import io.penstock.core.state.Segment;
import io.penstock.core.state.SnapshotReader;
import io.penstock.core.state.SnapshotWriter;
import io.penstock.core.state.SortedRuns;
import io.penstock.core.state.StateInput;
import io.penstock.core.state.StateOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The groups of the panes of hopping windows, each until the last window that it is part of is
 * over. Rows of a pane that have missed some of its windows are held apart. Single-threaded.
 */
final class OpenPanes implements Stored, AutoCloseable {
  private static final int FORMAT = 1;
  private static final int MOST = 1 << 28;

  /** How many groups a pane may meet before results of panes are no longer in order. */
  private static final int NUMBER_BITS = 32;

  /** The groups of a pane, which was opened as this one. */
  private record Pane(long number, OpenGroups groups) implements OpenWindows.Held {
    @Override
    public StepStore store() {
      return groups.store();
    }
  }

  private final Panes panes;
  private final GroupState.Input input;
  private final StepContext context;
  private final NavigableMap<StoreShelf.Key, Pane> open =
      new TreeMap<>(
          Comparator.comparingLong(StoreShelf.Key::start).thenComparingLong(StoreShelf.Key::end));
  private long done = PanePlacing.NONE;
  private long opened;

  OpenPanes(Panes panes, GroupState.Input input, StepContext context) {
    this.panes = panes;
    this.input = input;
    this.context = context;
  }

  /** The groups of a place, as {@link PanePlacing} has found it. */
  OpenGroups at(StoreShelf.Key place) {
    return open.computeIfAbsent(place, key -> pane(opened++)).groups();
  }

  private Pane pane(long number) {
    return new Pane(number, new OpenGroups(input, context, number << NUMBER_BITS));
  }

  /** Where the panes hold too much together, the largest gives way. */
  void makeRoom() {
    OpenWindows.makeRoom(open.values(), context.memory());
  }

  /** The window that is over next of those in which there are rows. */
  Optional<StoreShelf.Key> next() {
    long next = Long.MAX_VALUE;
    boolean any = false;
    for (StoreShelf.Key place : open.keySet()) {
      long first = panes.firstEnd(place.start());
      if (any && first >= next) {
        break;
      }
      long before = Math.max(done, place.end());
      long end = first > before ? first : panes.endBehind(before);
      if (end <= panes.lastEnd(place.start()) && (!any || end < next)) {
        next = end;
        any = true;
      }
    }
    return any ? Optional.of(new StoreShelf.Key(next, next - panes.size())) : Optional.empty();
  }

  /** The results of a window; its panes stay as they are. */
  GroupResults results(StoreShelf.Key window) {
    List<Pane> parts = new ArrayList<>();
    StoreShelf.Key from = new StoreShelf.Key(PanePlacing.NONE, window.start());
    StoreShelf.Key to = new StoreShelf.Key(PanePlacing.NONE, window.end());
    for (Map.Entry<StoreShelf.Key, Pane> entry : open.subMap(from, to).entrySet()) {
      if (entry.getKey().end() < window.end()) {
        parts.add(entry.getValue());
      }
    }
    // Groups come in the order in which they were met, spilled or not.
    parts.sort(Comparator.comparingLong(Pane::number));
    List<OpenGroups> groups = parts.stream().map(Pane::groups).toList();
    return groups
        .get(0)
        .with(groups.subList(1, groups.size()), new SortedRuns(context.memory().spill()));
  }

  /** A window is over, and with it all that end before it. */
  void done(StoreShelf.Key window) {
    done = window.end();
    while (!open.isEmpty() && panes.lastEnd(open.firstKey().start()) <= done) {
      open.pollFirstEntry().getValue().close();
    }
  }

  long held() {
    long held = 0;
    for (Pane pane : open.values()) {
      held += pane.store().held();
    }
    return held;
  }

  @Override
  public void snapshot(SnapshotWriter to) throws IOException {
    List<Stored> parts = new ArrayList<>(List.of(new Index(List.of())));
    open.values().forEach(pane -> parts.add(pane.store()));
    StoreShelf.snapshot(parts, to);
  }

  @Override
  public void restore(SnapshotReader from) throws IOException {
    // The first part says what the others are.
    List<Stored> parts = new ArrayList<>();
    parts.add(new Index(parts));
    StoreShelf.restore(parts, from);
  }

  /**
   * Which panes are open.
   *
   * @param parts takes the store of each pane that was
   */
  private final class Index implements Stored {
    private final List<Stored> parts;

    Index(List<Stored> parts) {
      this.parts = parts;
    }

    @Override
    public void snapshot(SnapshotWriter to) throws IOException {
      StateOutput index = to.begin();
      index.number(FORMAT);
      index.number(done);
      index.number(opened);
      index.number(open.size());
      for (Map.Entry<StoreShelf.Key, Pane> entry : open.entrySet()) {
        index.number(entry.getKey().start());
        index.number(entry.getKey().end());
        index.number(entry.getValue().number());
      }
      Segment unused = to.end(1);
    }

    @Override
    public void restore(SnapshotReader from) throws IOException {
      try (StateInput index = from.open(from.segments().get(0))) {
        if (index.number() != FORMAT) {
          throw new DamagedException("panes are written in a format that this version cannot read");
        }
        done = index.number();
        opened = index.number();
        for (int i = index.count(MOST); i > 0; i--) {
          long start = index.number();
          StoreShelf.Key place = new StoreShelf.Key(index.number(), start);
          Pane pane = pane(index.number());
          open.put(place, pane);
          parts.add(pane.store());
        }
      }
    }
  }

  @Override
  public void close() {
    open.values().forEach(Pane::close);
  }
}
