package io.penstock.connectors.standard.nexmark;

import io.penstock.api.option.Rate;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Events in one split, whose positions are their places. */
final class Nexmark implements Source {
  private static final Split SPLIT = new Split("events");

  private final Optional<Rate> rate;
  private final OptionalLong events;

  Nexmark(Optional<Rate> rate, OptionalLong events) {
    this.rate = rate;
    this.events = events;
  }

  @Override
  public void open(SourceContext run) {}

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    return events.isPresent() ? new Bound(events.getAsLong()) : Bound.NONE;
  }

  @Override
  public Reader reader(ReaderContext run) {
    return new NexmarkReader(rate, events.orElse(Long.MAX_VALUE), run.clock());
  }

  @Override
  public OptionalLong left(Map<Split, Position> at) {
    Position position = at.getOrDefault(SPLIT, Position.START);
    return events.isPresent()
        ? OptionalLong.of(events.getAsLong() - position.offset())
        : OptionalLong.empty();
  }

  @Override
  public void close() {}
}
