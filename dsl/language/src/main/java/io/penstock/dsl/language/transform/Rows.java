package io.penstock.dsl.language.transform;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the rows at one place of a pipeline.
 *
 * @param schema their fields
 * @param known whether the schema says anything; false below a step that could not be checked
 * @param doubtful fields whose type is not known, because what gives them could not be checked
 * @param working fields that {@code let} has made
 * @param meta the names of {@code meta.*}
 * @param endless the source without an end that they come from
 * @param made whether a step made them out of several rows, so that they have no position
 * @param beside what belongs to them beside their fields
 */
public record Rows(
    Schema schema,
    boolean known,
    Set<String> doubtful,
    Set<String> working,
    Map<String, ValueType> meta,
    Optional<String> endless,
    boolean made,
    Beside beside) {
  /**
   * What belongs to rows beside their fields, and follows them through stateless steps.
   *
   * @param time whether they have an event time
   * @param window whether they carry a window
   * @param changes whether they are changes to a table, some of which take rows away
   */
  public record Beside(boolean time, boolean window, boolean changes) {
    public static final Beside NOTHING = new Beside(false, false);

    /** Of rows that stay. */
    public Beside(boolean time, boolean window) {
      this(time, window, false);
    }
  }

  public Rows {
    doubtful = Set.copyOf(doubtful);
    working = Set.copyOf(working);
    meta = Map.copyOf(meta);
  }

  /** Rows of this schema, of which nothing else is known. */
  public static Rows of(Schema schema) {
    return new Rows(
        schema, true, Set.of(), Set.of(), Map.of(), Optional.empty(), false, Beside.NOTHING);
  }

  /** Rows of which nothing is known, so that nothing about them is reported. */
  public static Rows unknown() {
    return new Rows(
        Schema.anything(),
        false,
        Set.of(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        false,
        Beside.NOTHING);
  }

  /** The same rows with other fields; what was doubtful or working and is still there stays so. */
  public Rows with(Schema newSchema) {
    return with(newSchema, doubtful);
  }

  /** The same rows with other fields. */
  public Rows with(Schema newSchema, Set<String> newDoubtful) {
    return new Rows(
        newSchema,
        known,
        present(newDoubtful, newSchema),
        present(working, newSchema),
        meta,
        endless,
        made,
        beside);
  }

  /** The same rows with one more field at the end, in place of one of that name. */
  public Rows plus(String name, ValueType type) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.removeIf(field -> field.name().equals(name));
    fields.add(new Field(name, type));
    return with(new Schema(fields, schema.open()));
  }

  /** The same rows with one more field at the end, of which the type is not known. */
  public Rows plusDoubtful(String name) {
    Rows more = plus(name, ValueType.optional(DataType.JSON));
    Set<String> names = new HashSet<>(doubtful);
    names.add(name);
    return more.with(more.schema, names);
  }

  /** Rows that a step has made of these: nothing is left but their fields. */
  public Rows made(Schema newSchema, Set<String> newDoubtful) {
    return new Rows(
        newSchema,
        known,
        present(newDoubtful, newSchema),
        Set.of(),
        Map.of(),
        endless,
        true,
        beside);
  }

  /** The same rows with these working fields. */
  public Rows working(Set<String> names) {
    return new Rows(schema, known, doubtful, present(names, schema), meta, endless, made, beside);
  }

  /** The same rows, which come from these others too. */
  Rows and(Rows others) {
    Optional<String> source = endless.or(() -> others.endless);
    return new Rows(schema, known, doubtful, working, meta, source, made, beside);
  }

  /** The same rows, of which there are finitely many. */
  Rows ending() {
    return new Rows(schema, known, doubtful, working, meta, Optional.empty(), made, beside);
  }

  /** The same rows, of whose records nothing is known. */
  Rows withoutMeta() {
    return new Rows(schema, known, doubtful, working, Map.of(), endless, made, beside);
  }

  /** The same rows with this beside their fields. */
  public Rows with(Beside newBeside) {
    return new Rows(schema, known, doubtful, working, meta, endless, made, newBeside);
  }

  /** The same rows with an event time. */
  public Rows timed() {
    return with(new Beside(true, beside.window, beside.changes));
  }

  /** The same rows, which are changes to a table or stay. */
  public Rows changing(boolean changes) {
    return with(new Beside(beside.time, beside.window, changes));
  }

  /** Whether a name stands for a field, or for something in the rest. */
  public boolean has(String name) {
    return schema.open() || schema.indexOf(name) >= 0;
  }

  private static Set<String> present(Set<String> names, Schema schema) {
    Set<String> left = new HashSet<>(names);
    left.retainAll(schema.names());
    return left;
  }
}
