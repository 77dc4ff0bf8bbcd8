package io.penstock.connectors.standard.nexmark;

import io.penstock.api.data.Schema;
import io.penstock.api.data.Times;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.Matter;
import io.penstock.api.option.Option;
import io.penstock.api.option.Rate;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceTraits;
import java.util.Optional;
import java.util.OptionalLong;

/** The options of the NexMark source. */
@Component(
    name = "nexmark",
    summary = "Makes the events of the NexMark benchmark: people, auctions and bids.",
    example =
        """
        nexmark: { events: 1000, seed: 7 }
        """)
public record NexmarkConfig(
    @Option(
            value = "How many events there are; left out: without end.",
            least = 0,
            main = true,
            matter = Matter.CONTENT)
        OptionalLong events,
    @Option(
            value =
                "How many events there are at most in a time; left out: as fast as they are taken.",
            matter = Matter.PACE)
        Optional<Rate> rate,
    @Option("What the events are made from, and `random()` and its like; left out: 1.")
        OptionalLong seed,
    @Option(
            value = "How many events there are in a time by their own times.",
            byDefault = "10000/s")
        Rate eventRate,
    @Option(value = "The time of the first event.", byDefault = "2026-01-01T00:00:00Z")
        String firstTime,
    @Option(value = "How many events of each kind there are in a round; left out: 1, 3 and 46.")
        Optional<Proportions> proportions,
    @Option(value = "How often a reference goes to one of the few; left out: 75%, 75% and 50%.")
        Optional<Hot> hot,
    @Option(value = "The average sizes of records; left out: 200, 500 and 100 bytes.")
        Optional<Sizes> sizes,
    @Option(
            value =
                "How many events that follow each other come in another order than that of their"
                    + " times; 1 keeps the order.",
            byDefault = "1",
            least = 1,
            most = 100_000)
        int outOfOrderGroup)
    implements SourceConfig {
  private static final long USUAL_SEED = 1;

  public NexmarkConfig {
    seed = OptionalLong.of(seed.orElse(USUAL_SEED));
  }

  @Override
  public void check(Checks checks) {
    if (firstMicros() == Times.NONE) {
      checks.problem(
          ProblemCode.E104,
          "first_time",
          "`first_time` must be a time with a zone such as 2026-01-01T00:00:00Z, not `"
              + firstTime
              + "`",
          "write the date, `T`, the time and `Z`");
    }
    if (outOfOrderGroup % Order.STRIDE == 0) {
      checks.problem(
          ProblemCode.E105,
          "out_of_order_group",
          "`out_of_order_group` must be no multiple of "
              + Order.STRIDE
              + ", which `"
              + outOfOrderGroup
              + "` is",
          "take one more or one less");
    }
  }

  private long firstMicros() {
    return Times.parseTimestamp(firstTime);
  }

  /** The events that the options describe. */
  Events described() {
    Order order =
        new Order(proportions.orElse(Proportions.USUAL), firstMicros(), eventRate, outOfOrderGroup);
    return new Events(
        seed.orElse(USUAL_SEED), order, hot.orElse(Hot.USUAL), sizes.orElse(Sizes.USUAL));
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(events.isPresent(), true, true, true, false, SourceTraits.Kind.ROWS);
  }

  @Override
  public Source source() {
    return new Nexmark(rate, events);
  }

  @Override
  public Optional<Decoder> decoder(Format.Decoding decoding) {
    return Optional.of(new EventDecoder(described(), decoding));
  }

  @Override
  public Optional<Schema> schema() {
    return Optional.of(EventSchema.ROW);
  }
}
