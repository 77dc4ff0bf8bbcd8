package io.penstock.connectors.standard.generator;

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

/** Rows that count from 0, in one split. */
final class Generator implements Source {
  private static final Split SPLIT = new Split("rows");

  private final Optional<Rate> rate;
  private final OptionalLong count;
  private String step = "";
  private long seed;

  Generator(Optional<Rate> rate, OptionalLong count) {
    this.rate = rate;
    this.count = count;
  }

  @Override
  public void open(SourceContext run) {
    step = run.step();
    seed = run.seed();
  }

  @Override
  public Discovery discover(List<SplitState> known) {
    return new Discovery(known.isEmpty() ? List.of(SPLIT) : List.of(), List.of(), List.of());
  }

  @Override
  public Bound end(Split split) {
    return count.isPresent() ? new Bound(count.getAsLong()) : Bound.NONE;
  }

  @Override
  public Reader reader(ReaderContext run) {
    return new GeneratorReader(step, rate, count.orElse(Long.MAX_VALUE), seed, run.clock());
  }

  @Override
  public OptionalLong left(Map<Split, Position> at) {
    Position position = at.getOrDefault(SPLIT, Position.START);
    return count.isPresent()
        ? OptionalLong.of(count.getAsLong() - position.offset())
        : OptionalLong.empty();
  }

  @Override
  public void close() {}
}
