package io.penstock.dsl.language.option;

import io.penstock.api.data.FieldPath;
import io.penstock.api.option.Assignments;
import io.penstock.api.option.ByName;
import io.penstock.api.option.Chosen;
import io.penstock.api.option.Config;
import io.penstock.api.option.Constant;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Included;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.OneOrMany;
import io.penstock.api.option.Option;
import io.penstock.api.option.OutOfOrder;
import io.penstock.api.option.Patience;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Rate;
import io.penstock.api.option.Selections;
import io.penstock.api.option.Share;
import io.penstock.api.option.Span;
import io.penstock.api.option.Template;
import io.penstock.dsl.language.option.OptionDeclaration.Range;
import io.penstock.dsl.language.option.OptionDeclaration.Wrapping;
import io.penstock.dsl.language.option.OptionType.Kind;
import io.penstock.dsl.language.syntax.SyntaxNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The options of a record, read by reflection. */
public final class RecordDeclaration {
  private static final Map<Class<?>, Kind> KINDS =
      Map.ofEntries(
          Map.entry(String.class, Kind.TEXT),
          Map.entry(char.class, Kind.CHARACTER),
          Map.entry(Character.class, Kind.CHARACTER),
          Map.entry(boolean.class, Kind.BOOLEAN),
          Map.entry(Boolean.class, Kind.BOOLEAN),
          Map.entry(int.class, Kind.INT),
          Map.entry(Integer.class, Kind.INT),
          Map.entry(long.class, Kind.LONG),
          Map.entry(Long.class, Kind.LONG),
          Map.entry(double.class, Kind.DOUBLE),
          Map.entry(Double.class, Kind.DOUBLE),
          Map.entry(BigDecimal.class, Kind.DECIMAL),
          Map.entry(Duration.class, Kind.DURATION),
          Map.entry(Span.class, Kind.SPAN),
          Map.entry(OutOfOrder.class, Kind.OUT_OF_ORDER),
          Map.entry(Patience.class, Kind.PATIENCE),
          Map.entry(DataSize.class, Kind.SIZE),
          Map.entry(Rate.class, Kind.RATE),
          Map.entry(Share.class, Kind.SHARE),
          Map.entry(FieldPath.class, Kind.PATH),
          Map.entry(Template.class, Kind.TEMPLATE),
          Map.entry(ZoneId.class, Kind.ZONE),
          Map.entry(Charset.class, Kind.CHARSET),
          Map.entry(NamedFile.class, Kind.FILE));

  private final Class<? extends Record> type;
  private final List<OptionDeclaration> options;
  // For each component the record whose options it brings, where it brings several.
  private final List<Optional<RecordDeclaration>> included;
  private final Constructor<? extends Record> constructor;

  private RecordDeclaration(
      Class<? extends Record> type,
      List<OptionDeclaration> options,
      List<Optional<RecordDeclaration>> included,
      Constructor<? extends Record> constructor) {
    this.type = type;
    this.options = List.copyOf(options);
    this.included = List.copyOf(included);
    this.constructor = constructor;
  }

  /** Reads a record's declaration; a record that breaks the rules of declarations is a bug. */
  public static RecordDeclaration of(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<OptionDeclaration> options = new ArrayList<>();
    List<Optional<RecordDeclaration>> included = new ArrayList<>();
    for (RecordComponent component : components) {
      if (component.isAnnotationPresent(Included.class)) {
        RecordDeclaration part = of(component.getType().asSubclass(Record.class));
        options.addAll(part.options());
        included.add(Optional.of(part));
      } else {
        options.add(option(type, component));
        included.add(Optional.empty());
      }
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordDeclaration(type, options, included, constructor);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  /** The record. */
  public Class<? extends Record> type() {
    return type;
  }

  /** The options in the order of the record's components, those that it includes among them. */
  public List<OptionDeclaration> options() {
    return options;
  }

  /** An option by its key. */
  public Optional<OptionDeclaration> option(String name) {
    return options.stream()
        .filter(o -> o.name().equals(name) && !(o.type() instanceof OptionType.Named))
        .findFirst();
  }

  /** The keys of the options. */
  public List<String> names() {
    return options.stream()
        .filter(o -> !(o.type() instanceof OptionType.Named))
        .map(OptionDeclaration::name)
        .toList();
  }

  /** The role of which a component may stand among the options under its own name. */
  public Optional<Class<?>> byName() {
    return options.stream()
        .filter(o -> o.type() instanceof OptionType.Named)
        .<Class<?>>map(o -> ((OptionType.Named) o.type()).role())
        .findFirst();
  }

  /** The option whose value may stand alone. */
  public Optional<OptionDeclaration> main() {
    return options.stream().filter(OptionDeclaration::main).findFirst();
  }

  /**
   * The record with these values, in the order of the options.
   *
   * @throws IllegalArgumentException where the record refuses the values
   */
  public Record make(Object[] values) {
    Object[] parts = new Object[included.size()];
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      if (included.get(i).isEmpty()) {
        parts[i] = values[at++];
      } else {
        RecordDeclaration part = included.get(i).get();
        parts[i] = part.make(Arrays.copyOfRange(values, at, at + part.options.size()));
        at += part.options.size();
      }
    }
    try {
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot make " + type.getName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type.getName(), e);
    }
  }

  private static OptionDeclaration option(Class<?> record, RecordComponent component) {
    Option declared = component.getAnnotation(Option.class);
    if (declared == null) {
      throw new IllegalStateException(
          record.getName() + "." + component.getName() + " has no @Option");
    }
    Type type = component.getGenericType();
    Wrapping wrapping = wrapping(type);
    return new OptionDeclaration(
        SnakeCase.of(component.getName()),
        declared.value(),
        switch (wrapping) {
          case PLAIN -> read(type);
          case OPTIONAL ->
              component.isAnnotationPresent(ByName.class)
                  ? new OptionType.Named(raw(argument(argument(type, 0), 0)))
                  : read(argument(type, 0));
          case OPTIONAL_INT -> new OptionType.Simple(Kind.INT);
          case OPTIONAL_LONG -> new OptionType.Simple(Kind.LONG);
          case OPTIONAL_DOUBLE -> new OptionType.Simple(Kind.DOUBLE);
        },
        wrapping,
        declared.byDefault().isEmpty() ? Optional.empty() : Optional.of(declared.byDefault()),
        declared.main(),
        declared.secret(),
        declared.required(),
        new Range(declared.least(), declared.most()));
  }

  private static Wrapping wrapping(Type type) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return Wrapping.OPTIONAL;
    }
    if (raw == OptionalInt.class) {
      return Wrapping.OPTIONAL_INT;
    }
    if (raw == OptionalLong.class) {
      return Wrapping.OPTIONAL_LONG;
    }
    return raw == OptionalDouble.class ? Wrapping.OPTIONAL_DOUBLE : Wrapping.PLAIN;
  }

  private static OptionType read(Type type) {
    Class<?> raw = raw(type);
    Kind kind = KINDS.get(raw);
    if (kind != null) {
      return new OptionType.Simple(kind);
    }
    if (raw == List.class) {
      return new OptionType.ListOf(read(argument(type, 0)));
    }
    if (raw == Map.class) {
      return new OptionType.MapOf(read(argument(type, 0)), read(argument(type, 1)));
    }
    if (raw == OneOrMany.class) {
      return new OptionType.OneOrManyOf(read(argument(type, 0)));
    }
    if (raw == Assignments.class) {
      return new OptionType.AssignmentsOf(read(argument(type, 0)));
    }
    if (raw == Selections.class) {
      return new OptionType.SelectionsOf(read(argument(type, 0)));
    }
    if (raw == Placed.class) {
      return new OptionType.PlacedOf(read(argument(type, 0)));
    }
    if (raw == Chosen.class) {
      return new OptionType.Choice(raw(argument(type, 0)), true);
    }
    return readOther(raw);
  }

  private static OptionType readOther(Class<?> raw) {
    if (raw == ExpressionText.class) {
      return new OptionType.Expression();
    }
    if (raw == Constant.class) {
      return new OptionType.Literal();
    }
    if (SyntaxNode.class.isAssignableFrom(raw)) {
      return new OptionType.Node();
    }
    if (raw.isEnum()) {
      return new OptionType.Words(enumType(raw));
    }
    if (raw.isInterface() && Config.class.isAssignableFrom(raw)) {
      return new OptionType.Choice(raw, false);
    }
    if (raw.isRecord()) {
      return new OptionType.Group(raw.asSubclass(Record.class));
    }
    throw new IllegalStateException("no option can be a " + raw.getName());
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Enum<?>> enumType(Class<?> raw) {
    return (Class<? extends Enum<?>>) raw;
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
