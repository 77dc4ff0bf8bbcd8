package io.penstock.core.logical;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Share;
import io.penstock.api.option.Template;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.core.expression.AggregateExpression;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a step does. Every runner handles every kind, through a {@link Visitor}. */
public sealed interface Operation
    permits Operation.Read,
        Operation.Union,
        Operation.RowOperation,
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
        FillGaps {
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

  /**
   * What works on one row after the other, keeps no state, and so may stand inside {@code steps}.
   */
  sealed interface RowOperation extends Operation {
    /** Calls the visitor's method for this kind. */
    <R> R acceptRow(RowVisitor<R> visitor);

    @Override
    default <R> R accept(Visitor<R> visitor) {
      return acceptRow(visitor);
    }
  }

  /** Runs code of the pipeline's author for each row. */
  non-sealed interface Coded extends RowOperation {}

  /** Keeps rows for which the condition is true. */
  record Filter(Expression where) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.filter(this);
    }
  }

  /**
   * The row becomes these fields.
   *
   * @param fields in order; an expression that is just a field copies it
   * @param rest where the result is open: the names that leave the rest; empty where the result is
   *     closed
   */
  record Project(List<NamedExpression> fields, Optional<Set<String>> rest) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.project(this);
    }

    public Project {
      fields = List.copyOf(fields);
    }
  }

  /**
   * One row per element of a list (or a json list); the other fields repeat: those of the input
   * that the step's schema has too, by name.
   *
   * @param list what is taken apart
   * @param as the field of the element
   * @param index the field of the element's number from 0
   * @param keepEmpty whether a row with no element stays, with null
   * @param rest where the result is open: the names that leave the rest
   */
  record Explode(
      Expression list,
      String as,
      Optional<String> index,
      boolean keepEmpty,
      Optional<Set<String>> rest)
      implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.explode(this);
    }
  }

  /**
   * Decodes a text field.
   *
   * @param text the field
   * @param format decodes the text as one record of this schema
   * @param into the field of the record that results, or empty: its fields are spread into the row
   * @param existing what happens to fields of the row with the names of spread ones
   * @param keepMissing whether a text that does not decode passes with nulls in place of failing
   */
  record Parse(
      Expression text,
      FormatConfig format,
      Format.Decoding decoding,
      Optional<String> into,
      Existing existing,
      boolean keepMissing)
      implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.parse(this);
    }
  }

  /** What happens where a name is taken already. */
  enum Existing {
    FAIL,
    KEEP,
    REPLACE
  }

  /** Fails rows for which a rule is not true; counts per rule. */
  record Expect(List<NamedExpression> rules, Optional<Share> atMost) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.expect(this);
    }
  }

  /**
   * Adds fields of a table's row with the same key.
   *
   * @param on for each key field of the table, in its order, the value to find
   * @param take for each new field the table's field
   */
  record Lookup(String table, List<Expression> on, List<Taken> take, Missing missing)
      implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.lookup(this);
    }

    /** A field of the table under a new name. */
    public record Taken(String name, String from) {}

    /** What happens to a row without a partner. */
    public enum Missing {
      KEEP,
      DROP,
      FAIL
    }
  }

  /** Writes a line into the run's log; rows pass. */
  record Log(Template message, List<Expression> values, Level level, Optional<Rate> atMost)
      implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.log(this);
    }

    /** The level of a line. */
    public enum Level {
      DEBUG,
      INFO,
      WARN,
      ERROR
    }
  }

  /**
   * Keeps a share of the rows: whether a row stays is drawn by its place in its source.
   *
   * @param seed another one draws others
   */
  record Sample(Share share, long seed) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.sample(this);
    }
  }

  /** Sets the row's time. */
  record SetEventTime(EventTime eventTime) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.setEventTime(this);
    }
  }

  /**
   * Steps one after the other; a failure inside gives the row as it came in. Working fields are
   * gone at the end.
   */
  record Chain(List<Link> links) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.chain(this);
    }

    public Chain {
      links = List.copyOf(links);
    }
  }

  /**
   * First match: the rows of each branch go through its links; the results come out in the order of
   * the rows.
   */
  record Choose(List<Branch> branches) implements RowOperation {
    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.choose(this);
    }

    public Choose {
      branches = List.copyOf(branches);
    }

    /**
     * A branch.
     *
     * @param when empty: every row
     * @param toResult brings the branch's rows to the result's schema
     */
    public record Branch(Optional<Expression> when, List<Link> links, Project toResult) {
      public Branch {
        links = List.copyOf(links);
      }
    }
  }

  /** An operation inside a chain, with the rows that it gives. */
  record Link(RowOperation operation, Schema schema, io.penstock.api.problem.Origin origin) {}

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

  /** One method for each row operation, so that a new kind does not compile until it is handled. */
  interface RowVisitor<R> {
    R filter(Filter operation);

    R project(Project operation);

    R explode(Explode operation);

    R parse(Parse operation);

    R script(RunScript operation);

    R java(RunJava operation);

    R expect(Expect operation);

    R lookup(Lookup operation);

    R log(Log operation);

    R sample(Sample operation);

    R setEventTime(SetEventTime operation);

    R chain(Chain operation);

    R choose(Choose operation);
  }

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

    R write(Write operation);
  }
}
