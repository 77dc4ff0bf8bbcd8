package io.penstock.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.source.Bound;
import io.penstock.api.source.Discovery;
import io.penstock.api.source.Out;
import io.penstock.api.source.Position;
import io.penstock.api.source.Reader;
import io.penstock.api.source.ReaderContext;
import io.penstock.api.source.Source;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.source.SourceContext;
import io.penstock.api.source.SourceTraits;
import io.penstock.api.source.Split;
import io.penstock.api.source.SplitState;
import io.penstock.core.report.RunReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that cannot be opened. */
final class OpenSourceTest {
  private static final Schema SCHEMA = Schema.of(Field.of("n", DataType.INT));

  @ParameterizedTest
  @CsvSource({
    "open, 'open, close'",
    "discover, 'open, discover, close'",
    "reader, 'open, discover, reader, close'",
    "assign, 'open, discover, reader, assign, close reader, close'"
  })
  void whatWasOpenedOfASourceIsClosedWhereItCannotBeOpenedWhole(String fails, String calls) {
    List<String> seen = new ArrayList<>();
    Pipelines pipeline =
        new Pipelines().read("rows", new Failing(fails, seen), SCHEMA).sink("out", "rows");

    RunReport report = pipeline.run();

    assertEquals(Optional.of(RunReport.Outcome.FAILED), report.outcome(), report::toString);
    assertEquals(ProblemCode.R210, report.problem().orElseThrow().code());
    assertTrue(report.problem().orElseThrow().message().contains("no " + fails), report::toString);
    assertEquals(List.of(calls.split(", ")), seen);
  }

  /** A source that gives up at one of its calls, and notes them all. */
  private record Failing(String fails, List<String> seen) implements SourceConfig {
    private void call(String call) throws IOException {
      seen.add(call);
      if (call.equals(fails)) {
        throw new IOException("no " + call);
      }
    }

    @Override
    public SourceTraits traits() {
      return new SourceTraits(true, true, true, true, false, SourceTraits.Kind.ROWS);
    }

    @Override
    public Optional<Schema> schema() {
      return Optional.of(SCHEMA);
    }

    @Override
    public Source source() {
      return new Source() {
        @Override
        public void open(SourceContext run) throws IOException {
          call("open");
        }

        @Override
        public Discovery discover(List<SplitState> known) throws IOException {
          call("discover");
          return new Discovery(List.of(new Split("rows")), List.of(), List.of());
        }

        @Override
        public Bound end(Split split) {
          return Bound.NONE;
        }

        @Override
        public Reader reader(ReaderContext run) throws IOException {
          call("reader");
          return new FailingReader();
        }

        @Override
        public void close() {
          seen.add("close");
        }
      };
    }

    private final class FailingReader implements Reader {
      @Override
      public void assign(Split split, Position from, Bound to) throws IOException {
        call("assign");
      }

      @Override
      public void revoke(Split split) {
        // Nothing is held.
      }

      @Override
      public void pause(Set<Split> splits) {
        // Nothing is read.
      }

      @Override
      public Step next(Out out, Limits limits, Duration wait) {
        return Step.ENDED;
      }

      @Override
      public Position position(Split split) {
        return Position.START;
      }

      @Override
      public void close() {
        seen.add("close reader");
      }
    }
  }
}
