package io.penstock.dsl.language.document;

import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.option.OptionDeclaration;
import io.penstock.dsl.language.option.OptionType;
import io.penstock.dsl.language.option.OptionType.Kind;
import io.penstock.dsl.language.option.RecordDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Options as a Markdown table; groups of options follow with their path. */
final class OptionTable {
  private final Components components;
  private final StringBuilder out;

  OptionTable(Components components, StringBuilder out) {
    this.components = components;
    this.out = out;
  }

  void of(RecordDeclaration record) {
    out.append("| option | value | default | |\n|---|---|---|---|\n");
    rows("", record, new LinkedHashSet<>());
    out.append('\n');
  }

  private void rows(String path, RecordDeclaration record, Set<Class<?>> above) {
    for (OptionDeclaration option : record.options()) {
      if (option.type() instanceof OptionType.Named named) {
        byName(path, option, named.role());
        continue;
      }
      out.append("| `").append(path).append(option.name()).append('`');
      out.append(option.main() ? " (main)" : "").append(" | ");
      out.append(cell(form(option.type(), option.range()))).append(" | ");
      out.append(cell(byDefault(option))).append(" | ");
      out.append(cell(option.summary())).append(option.secret() ? " Secret." : "").append(" |\n");
      if (group(option.type()) instanceof OptionType.Group group && above.add(group.type())) {
        rows(path + option.name() + ".", components.record(group.type()), above);
        above.remove(group.type());
      }
    }
  }

  /** The components that stand there under their own names, each described by itself. */
  private void byName(String path, OptionDeclaration option, Class<?> role) {
    for (String name : components.names(role)) {
      out.append("| `").append(path).append(name).append("` | ");
      out.append(OptionSchemas.noun(role)).append(" |  | ");
      out.append(cell(option.summary())).append(" |\n");
    }
  }

  private static OptionType group(OptionType type) {
    if (type instanceof OptionType.ListOf list) {
      return group(list.element());
    }
    return type instanceof OptionType.PlacedOf placed ? group(placed.value()) : type;
  }

  private static String byDefault(OptionDeclaration option) {
    return option
        .byDefault()
        .map(text -> "`" + text + "`")
        .orElse(option.mustBeWritten() ? "required" : "");
  }

  private String form(OptionType type, OptionDeclaration.Range range) {
    if (type instanceof OptionType.Simple simple) {
      return simple(simple.kind(), range);
    }
    if (type instanceof OptionType.PlacedOf placed) {
      return form(placed.value(), range);
    }
    if (type instanceof OptionType.Words words) {
      return String.join(", ", words.words().stream().map(w -> "`" + w + "`").toList());
    }
    if (type instanceof OptionType.Expression) {
      return "expression";
    }
    if (type instanceof OptionType.Node) {
      return "see the text";
    }
    if (type instanceof OptionType.Literal) {
      return "constant";
    }
    if (type instanceof OptionType.Group) {
      return "options";
    }
    if (type instanceof OptionType.Choice choice) {
      return OptionSchemas.noun(choice.role());
    }
    return many(type, range);
  }

  private String many(OptionType type, OptionDeclaration.Range range) {
    if (type instanceof OptionType.ListOf list) {
      return "list of " + form(list.element(), range);
    }
    if (type instanceof OptionType.OneOrManyOf either) {
      return form(either.element(), range) + ", or a list";
    }
    if (type instanceof OptionType.MapOf map) {
      return "map to " + form(map.value(), range);
    }
    if (type instanceof OptionType.AssignmentsOf assignments) {
      return "map of fields to " + form(assignments.value(), range);
    }
    OptionType element = ((OptionType.SelectionsOf) type).value();
    return "list of fields, or map of fields to " + form(element, range);
  }

  private static String simple(Kind kind, OptionDeclaration.Range range) {
    String word =
        switch (kind) {
          case TEXT -> "text";
          case CHARACTER -> "character";
          case BOOLEAN -> "`true`, `false`";
          case INT, LONG -> "whole number";
          case DOUBLE, DECIMAL -> "number";
          case DURATION, SPAN, SIZE, RATE, SHARE, TEMPLATE, ZONE ->
              kind.name().toLowerCase(Locale.ROOT);
          case OUT_OF_ORDER -> "duration or `unbounded`";
          case PATIENCE -> "duration or `never`";
          case CHARSET -> "encoding";
          case FILE -> "file";
          case PATH -> "field";
        };
    if (kind == Kind.DURATION) {
      return word;
    }
    List<String> limits = new ArrayList<>();
    if (range.least() != Long.MIN_VALUE) {
      limits.add("from " + range.least());
    }
    if (range.most() != Long.MAX_VALUE) {
      limits.add("to " + range.most());
    }
    return limits.isEmpty() ? word : word + " " + String.join(" ", limits);
  }

  static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
