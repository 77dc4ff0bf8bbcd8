package io.penstock.core.upgrade;

import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Component;
import io.penstock.api.option.Config;
import io.penstock.api.option.DataSize;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.Included;
import io.penstock.api.option.Matter;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.Option;
import io.penstock.api.option.Placed;
import io.penstock.api.option.Template;
import io.penstock.api.problem.Origin;
import io.penstock.core.expression.Expression;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The options of a component that are about one matter, as canonical text. Secrets never show.
 * Expressions among the options do not show either: the plan has them, checked, beside.
 */
final class OptionPrint {
  private final Matter matter;
  private final Map<Template, List<Expression>> templates;

  /**
   * A print.
   *
   * @param templates the checked expressions of templates among the options
   */
  OptionPrint(Matter matter, Map<Template, List<Expression>> templates) {
    this.matter = matter;
    this.templates = templates;
  }

  /** A format, which has options about the content only. */
  static String format(FormatConfig format, Map<Template, List<Expression>> templates) {
    OptionPrint print = new OptionPrint(Matter.CONTENT, templates);
    return name(format) + print.options(format, Matter.CONTENT);
  }

  /** The kind of a component and its options. */
  String of(Config config) {
    return name(config) + options(config, Matter.PLACE);
  }

  /** Its options without its kind; nothing where it has none. */
  String more(Config config) {
    List<String> texts = optionTexts(config, Matter.PLACE);
    return texts.isEmpty() ? "" : "{" + Words.list(texts) + "}";
  }

  /** The name under which the pipeline file knows it. */
  static String name(Config config) {
    Component component = config.getClass().getAnnotation(Component.class);
    return component == null ? config.getClass().getSimpleName() : component.name();
  }

  private String options(Object config, Matter byDefault) {
    return config instanceof Record ? "{" + Words.list(optionTexts(config, byDefault)) + "}" : "";
  }

  private List<String> optionTexts(Object config, Matter byDefault) {
    List<String> texts = new ArrayList<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      if (component.isAnnotationPresent(Included.class)) {
        texts.addAll(optionTexts(read(config, component), byDefault));
        continue;
      }
      Option option = component.getAnnotation(Option.class);
      if (option == null || option.secret()) {
        continue;
      }
      Matter own =
          byDefault == Matter.CONTENT && option.matter() == Matter.PLACE
              ? Matter.CONTENT
              : option.matter();
      if (own == matter) {
        value(read(config, component))
            .ifPresent(text -> texts.add(Words.snakeCase(component.getName()) + ": " + text));
      }
    }
    return texts;
  }

  private static Object read(Object config, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** A value; empty for nothing, and for what is said elsewhere. */
  private Optional<String> value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(this::value);
    }
    if (value instanceof OptionalInt number) {
      return number.isEmpty() ? Optional.empty() : Optional.of("" + number.getAsInt());
    }
    if (value instanceof OptionalLong number) {
      return number.isEmpty() ? Optional.empty() : Optional.of("" + number.getAsLong());
    }
    if (value instanceof FormatConfig
        || value instanceof ExpressionText
        || value instanceof Origin) {
      return Optional.empty();
    }
    if (value instanceof Collection<?> many) {
      return many.isEmpty() ? Optional.empty() : Optional.of("[" + Words.list(texts(many)) + "]");
    }
    if (value instanceof Map<?, ?> map) {
      return members(map);
    }
    return Optional.of(single(value));
  }

  private List<String> texts(Collection<?> many) {
    List<String> texts = new ArrayList<>();
    many.forEach(element -> texts.add(value(element).orElse("none")));
    if (many instanceof java.util.Set<?>) {
      texts.sort(null);
    }
    return texts;
  }

  private Optional<String> members(Map<?, ?> map) {
    List<String> texts = new ArrayList<>();
    map.forEach(
        (key, element) ->
            value(element).ifPresent(v -> texts.add(Words.quoted(key.toString()) + ": " + v)));
    texts.sort(null);
    return texts.isEmpty() ? Optional.empty() : Optional.of("{" + Words.list(texts) + "}");
  }

  private String single(Object value) {
    if (value instanceof String text) {
      return Words.quoted(text);
    }
    if (value instanceof NamedFile file) {
      // What is in it counts, not where it lies.
      return "file " + file.checksum();
    }
    if (value instanceof DataSize size) {
      return size.toString();
    }
    if (value instanceof Enum<?> word) {
      return Words.of(word);
    }
    if (value instanceof Placed<?> placed) {
      return value(placed.value()).orElse("none");
    }
    if (value instanceof Template template) {
      return template(template, templates);
    }
    if (value instanceof Config config) {
      String name = config.getClass().isAnnotationPresent(Component.class) ? name(config) : "";
      return name + options(config, Matter.PLACE);
    }
    return value instanceof Record record ? record(record) : value.toString();
  }

  private String record(Record record) {
    List<String> texts = new ArrayList<>();
    boolean options = false;
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      options |=
          component.isAnnotationPresent(Option.class)
              || component.isAnnotationPresent(Included.class);
    }
    if (options) {
      return options(record, Matter.PLACE);
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      value(read(record, component)).ifPresent(texts::add);
    }
    return texts.size() == 1 ? texts.get(0) : "(" + Words.list(texts) + ")";
  }

  /** A template with its expressions as canonical text. */
  static String template(Template template, Map<Template, List<Expression>> templates) {
    StringBuilder text = new StringBuilder();
    Iterator<Expression> computed = templates.getOrDefault(template, List.of()).iterator();
    for (Template.Part part : template.parts()) {
      if (part instanceof Template.Literal literal) {
        text.append(literal.text());
      } else if (part instanceof Template.Computed written) {
        text.append('{')
            .append(
                computed.hasNext()
                    ? ExpressionPrint.of(computed.next())
                    : written.expression().text().strip())
            .append('}');
      }
    }
    return Words.quoted(text.toString());
  }
}
