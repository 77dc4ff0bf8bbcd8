package io.penstock.core.logical;

import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.lookup.LookupContext;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Share;
import io.penstock.api.option.Template;
import io.penstock.core.expression.Expression;
import io.penstock.core.expression.NamedExpression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds of {@link Operation} that work on one row after the other. */
public sealed interface RowOperations permits Operation {
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

  /**
   * Adds fields of what an outside system answers. Another time it may answer otherwise.
   *
   * @param key the values that are asked by, in the order of the outside's key
   * @param answer how an answer is read, and its fields
   * @param take for each new field the answer's field
   */
  record OutsideLookup(
      LookupConfig outside,
      List<Expression> key,
      Format.Decoding answer,
      List<Lookup.Taken> take,
      Lookup.Missing missing,
      Asking asking)
      implements RowOperation {
    public OutsideLookup {
      key = List.copyOf(key);
      take = List.copyOf(take);
    }

    @Override
    public <R> R acceptRow(RowVisitor<R> visitor) {
      return visitor.outsideLookup(this);
    }

    /** The same with another outside. */
    public OutsideLookup with(LookupConfig other) {
      return new OutsideLookup(other, key, answer, take, missing, asking);
    }

    /**
     * How it is asked.
     *
     * @param remember how long answers are good; empty: for the rows of one batch
     */
    public record Asking(LookupContext.Limits limits, Optional<Duration> remember) {}
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

    R outsideLookup(OutsideLookup operation);

    R log(Log operation);

    R sample(Sample operation);

    R setEventTime(SetEventTime operation);

    R chain(Chain operation);

    R choose(Choose operation);
  }
}
