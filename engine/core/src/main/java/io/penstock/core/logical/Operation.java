package io.penstock.core.logical;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Template;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step does. Every runner handles every kind, through a {@link Visitor}. */
public sealed interface Operation extends RowOperations
    permits Operation.Read,
        Operation.Union,
        RowOperations.RowOperation,
        Operation.Route,
        Operation.Limit,
        Operation.Distinct,
        Operation.Aggregate,
        Operation.Top,
        Operation.Sort,
        Operation.Write,
        Join,
        Deduplicate,
        EveryNth,
        FillGaps,
        Over,
        Remember,
        Throttle {
  /** Calls the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Reads a source.
   *
   * @param format for byte sources
   * @param decoding what is decoded; for row sources the source's own schema
   * @param computed fields computed out of the source's own columns, which they replace; empty for
   *     none
   * @param eventTime the row's time
   */
  record Read(
      SourceConfig source,
      Optional<FormatConfig> format,
      Format.Decoding decoding,
      List<NamedExpression> computed,
      Optional<EventTime> eventTime)
      implements Operation {
    /**
     * The partition that rows of a split are of, by which they are judged late.
     *
     * @param split the split's id; of files, the file
     */
    public String partition(String split) {
      boolean byFile = eventTime.isPresent() && eventTime.get().byFile();
      return byFile ? split : source.partition(split);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.read(this);
    }
  }

  /** What may keep rows by their time, and then finds some of them late. */
  interface ByTime {
    /** Whether it does. */
    boolean keepsByTime();

    /** Whether a row may be late for one window and not for another. */
    boolean hasWindows();
  }

  /** What works on the rows of each window where it has windows, else on all together. */
  interface InWindows extends ByTime {
    /** How it goes by time. */
    Windowing windowing();

    @Override
    default boolean keepsByTime() {
      return windowing().isTimed();
    }

    @Override
    default boolean hasWindows() {
      return windowing().isTimed();
    }
  }

  /** Several inputs as one, by name; each input is brought to the node's schema. */
  record Union() implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.union(this);
    }
  }

  /** Splits rows by condition; outputs are the cases' names and {@code otherwise}. */
  record Route(List<NamedExpression> cases, boolean all) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.route(this);
    }
  }

  /** The first n rows. */
  record Limit(long rows) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.limit(this);
    }
  }

  /** Rows that differ, the first of each kind, in each window where there are some. */
  record Distinct(List<Expression> by, Windowing windowing) implements Operation, InWindows {
    /** Of all rows. */
    public Distinct(List<Expression> by) {
      this(by, Windowing.NONE);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.distinct(this);
    }
  }

  /**
   * Groups.
   *
   * @param having sees the output row
   */
  record Aggregate(
      List<NamedExpression> by,
      List<AggregateExpression> compute,
      Optional<Expression> having,
      Windowing windowing)
      implements Operation, InWindows {
    /** One result for each group, at the end. */
    public Aggregate(
        List<NamedExpression> by, List<AggregateExpression> compute, Optional<Expression> having) {
      this(by, compute, having, Windowing.NONE);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.aggregate(this);
    }
  }

  /** The first n rows of each group in an order, in each window where there are some. */
  record Top(
      long n,
      List<NamedExpression> by,
      List<OrderBy> orderBy,
      boolean withTies,
      Optional<String> rank,
      Windowing windowing)
      implements Operation, InWindows {
    /** Of all rows, at the end. */
    public Top(
        long n,
        List<NamedExpression> by,
        List<OrderBy> orderBy,
        boolean withTies,
        Optional<String> rank) {
      this(n, by, orderBy, withTies, rank, Windowing.NONE);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.top(this);
    }
  }

  /**
   * All rows in an order, or those of each window.
   *
   * @param by empty: by event time, as the watermark passes
   */
  record Sort(List<OrderBy> by, Windowing windowing) implements Operation, InWindows {
    /** All rows, at the end. */
    public Sort(List<OrderBy> by) {
      this(by, Windowing.NONE);
    }

    /** Whether rows come in the order of their times. */
    public boolean isByTime() {
      return by.isEmpty();
    }

    @Override
    public boolean keepsByTime() {
      return isByTime() || windowing.isTimed();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sort(this);
    }
  }

  /** One key of an order; remaining ties are broken by all fields. */
  record OrderBy(Expression value, boolean descending, boolean nullsFirst) {}

  /**
   * Writes to a sink.
   *
   * @param templates the templates of the sink and of its format with their checked expressions,
   *     all of type string
   * @param floor the guarantee that its paths must reach; empty: the run's
   */
  record Write(
      SinkConfig sink,
      Optional<FormatConfig> format,
      Map<Template, List<Expression>> templates,
      Optional<Delivery> floor)
      implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.write(this);
    }

    /** The text that each record is, where the format says so. */
    public Optional<Template> line() {
      return format.flatMap(FormatConfig::line);
    }

    /** The rows that the sink is given for rows of this schema. */
    public Schema given(Schema rows) {
      return line().isPresent() ? LINES : rows;
    }
  }

  /** Rows of which each is a text. */
  Schema LINES = Schema.of(Field.of(FormatConfig.LINE, DataType.STRING));

  /** The limit of a record, common to all sources. */
  DataSize MAX_RECORD = DataSize.mebibytes(16);

  /** One method for each kind, so that a new one breaks runners until they handle it. */
  interface Visitor<R> extends RowVisitor<R> {
    R read(Read operation);

    R union(Union operation);

    R route(Route operation);

    R limit(Limit operation);

    R distinct(Distinct operation);

    R aggregate(Aggregate operation);

    R top(Top operation);

    R sort(Sort operation);

    R join(Join operation);

    R deduplicate(Deduplicate operation);

    R everyNth(EveryNth operation);

    R fillGaps(FillGaps operation);

    R over(Over operation);

    R remember(Remember operation);

    R throttle(Throttle operation);

    R write(Write operation);
  }
}
