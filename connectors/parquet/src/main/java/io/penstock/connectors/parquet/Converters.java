package io.penstock.connectors.parquet;

import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.data.DataType;
import io.penstock.api.data.ListsBuilder;
import io.penstock.api.data.MapsBuilder;
import io.penstock.api.data.RecordsBuilder;
import io.penstock.api.data.ValueType;
import io.penstock.api.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** What the library calls while it puts records together: values go straight into columns. */
final class Converters {
  private final Misfits misfits;

  Converters(Misfits misfits) {
    this.misfits = misfits;
  }

  /** What is thrown where a field of the file is none of the declared type. */
  private static BadFile unlike(Type field, DataType type, String path) {
    return new BadFile(
        ProblemCode.D104,
        "`"
            + path
            + "` must be a value of type "
            + type
            + ", not Parquet's `"
            + named(field)
            + "`");
  }

  private static String named(Type field) {
    LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
    String plain =
        field.isPrimitive() ? field.asPrimitiveType().getPrimitiveTypeName().toString() : "GROUP";
    return logical == null ? plain : plain + " " + logical;
  }

  /** The fields of a record, of which some are declared. */
  GroupConverter record(
      GroupType group,
      io.penstock.api.data.Schema declared,
      String within,
      IntFunction<ColumnBuilder> builders,
      Runnable ended) {
    List<Place> places = new ArrayList<>();
    Converter[] byField = new Converter[group.getFieldCount()];
    for (int i = 0; i < declared.fields().size(); i++) {
      int column = i;
      String name = declared.fields().get(i).name();
      String path = within.isEmpty() ? name : within + "." + name;
      Place place =
          new Place(() -> builders.apply(column), declared.fields().get(i).type(), path, misfits);
      places.add(place);
      if (group.containsField(name)) {
        byField[group.getFieldIndex(name)] = value(group.getType(name), place);
      }
    }
    for (int i = 0; i < byField.length; i++) {
      if (byField[i] == null) {
        byField[i] = nobody(group.getType(i));
      }
    }
    return new Fields(byField, places, ended);
  }

  /** A value that goes to a place. */
  private Converter value(Type field, Place place) {
    DataType type = place.type().type();
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      return plainList(field, place);
    }
    if (field.isPrimitive()) {
      Taker taker =
          Scalars.of(field.asPrimitiveType(), type)
              .orElseThrow(() -> unlike(field, type, place.path()));
      return new Values(taker, place);
    }
    GroupType group = field.asGroupType();
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    boolean isList = logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation;
    if (type instanceof DataType.ListOf list && isList) {
      return list(group, list.element(), place);
    }
    boolean isMap =
        logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
    if (type instanceof DataType.MapOf map && isMap) {
      return map(group, map.value(), place);
    }
    if (type instanceof DataType.RecordOf record && !isList && !isMap) {
      Supplier<RecordsBuilder> records = () -> (RecordsBuilder) place.fill();
      return record(
          group,
          record.schema(),
          place.path(),
          i -> records.get().field(i),
          () -> records.get().end());
    }
    throw unlike(field, type, place.path());
  }

  /**
   * A field that stands there any number of times, without a group that says it is a list: a list
   * that is never null, of elements that never are.
   */
  private Converter plainList(Type field, Place place) {
    if (!(place.type().type() instanceof DataType.ListOf list)) {
      throw unlike(field, place.type().type(), place.path());
    }
    Supplier<ListsBuilder> lists = place.gather();
    return element(
        field, new Place(() -> lists.get().elements(), list.element(), place.path(), misfits));
  }

  private Converter list(GroupType group, ValueType element, Place place) {
    Type repeated = group.getFieldCount() == 1 ? group.getType(0) : group;
    if (!repeated.isRepetition(Type.Repetition.REPEATED)) {
      throw unlike(group, place.type().type(), place.path());
    }
    Supplier<ListsBuilder> lists = () -> (ListsBuilder) place.fill();
    Place inner = new Place(() -> lists.get().elements(), element, place.path(), misfits);
    Converter each;
    if (isElement(repeated, group.getName())) {
      // Older writers have the elements themselves there.
      each = element(repeated, inner);
    } else {
      Converter value = value(repeated.asGroupType().getType(0), inner);
      each = new Fields(new Converter[] {value}, List.of(inner), () -> {});
    }
    return new Fields(new Converter[] {each}, List.of(), () -> lists.get().end());
  }

  private Converter element(Type repeated, Place inner) {
    if (repeated.isPrimitive()) {
      Taker taker =
          Scalars.of(repeated.asPrimitiveType(), inner.type().type())
              .orElseThrow(() -> unlike(repeated, inner.type().type(), inner.path()));
      return new Values(taker, inner);
    }
    if (!(inner.type().type() instanceof DataType.RecordOf record)) {
      throw unlike(repeated, inner.type().type(), inner.path());
    }
    Supplier<RecordsBuilder> records = () -> (RecordsBuilder) inner.fill();
    return record(
        repeated.asGroupType(),
        record.schema(),
        inner.path(),
        i -> records.get().field(i),
        () -> records.get().end());
  }

  /** The rules of the format for lists that writers made before there was one way. */
  private static boolean isElement(Type repeated, String list) {
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() > 1
        || repeated.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
        || repeated.getName().equals("array")
        || repeated.getName().equals(list + "_tuple");
  }

  private Converter map(GroupType group, ValueType value, Place place) {
    Type entry = group.getFieldCount() == 1 ? group.getType(0) : group;
    if (entry.isPrimitive() || entry.asGroupType().getFieldCount() != 2) {
      throw unlike(group, place.type().type(), place.path());
    }
    Supplier<MapsBuilder> maps = () -> (MapsBuilder) place.fill();
    Place keys =
        new Place(
            () -> maps.get().keys(), ValueType.required(DataType.STRING), place.path(), misfits);
    Place values = new Place(() -> maps.get().values(), value, place.path(), misfits);
    Converter[] both = {
      key(entry.asGroupType().getType(0), keys), value(entry.asGroupType().getType(1), values)
    };
    Fields each = new Fields(both, List.of(keys, values), () -> {});
    return new Fields(new Converter[] {each}, List.of(), () -> maps.get().end());
  }

  private static Converter key(Type field, Place place) {
    Optional<Taker> taker =
        field.isPrimitive() && !field.isRepetition(Type.Repetition.REPEATED)
            ? MapKeys.of(field.asPrimitiveType())
            : Optional.empty();
    return new Values(
        taker.orElseThrow(
            () ->
                new BadFile(
                    ProblemCode.D104,
                    "`"
                        + place.path()
                        + "` must have keys that are texts, whole numbers, decimals, booleans, dates"
                        + " or timestamps of micro- or milliseconds, not Parquet's `"
                        + named(field)
                        + "`")),
        place);
  }

  /** What nobody wants. */
  private static Converter nobody(Type field) {
    if (field.isPrimitive()) {
      return new PrimitiveConverter() {
        @Override
        public void addBinary(Binary value) {}

        @Override
        public void addBoolean(boolean value) {}

        @Override
        public void addDouble(double value) {}

        @Override
        public void addFloat(float value) {}

        @Override
        public void addInt(int value) {}

        @Override
        public void addLong(long value) {}
      };
    }
    List<Converter> inner = new ArrayList<>();
    field.asGroupType().getFields().forEach(f -> inner.add(nobody(f)));
    return new Fields(inner.toArray(Converter[]::new), List.of(), () -> {});
  }

  /** A group of values. */
  private static final class Fields extends GroupConverter {
    private final Converter[] byField;
    private final List<Place> places;
    private final Runnable ended;

    Fields(Converter[] byField, List<Place> places, Runnable ended) {
      this.byField = byField;
      this.places = List.copyOf(places);
      this.ended = ended;
    }

    @Override
    public Converter getConverter(int field) {
      return byField[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {
      for (Place place : places) {
        place.end();
      }
      ended.run();
    }
  }

  /** Plain values. */
  private static final class Values extends PrimitiveConverter {
    private final Taker taker;
    private final Place place;

    Values(Taker taker, Place place) {
      this.taker = taker;
      this.place = place;
    }

    @Override
    public void addBinary(Binary value) {
      taker.take(value, place);
    }

    @Override
    public void addBoolean(boolean value) {
      taker.take(value, place);
    }

    @Override
    public void addDouble(double value) {
      taker.take(value, place);
    }

    @Override
    public void addFloat(float value) {
      taker.take((double) value, place);
    }

    @Override
    public void addInt(int value) {
      taker.take((long) value, place);
    }

    @Override
    public void addLong(long value) {
      taker.take(value, place);
    }
  }
}
