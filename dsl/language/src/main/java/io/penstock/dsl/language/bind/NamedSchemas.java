package io.penstock.dsl.language.bind;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.problem.Origin;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.problem.Problems;
import io.penstock.dsl.language.option.Components;
import io.penstock.dsl.language.schema.SchemaFiles;
import io.penstock.dsl.language.syntax.Mapping;
import io.penstock.dsl.language.syntax.Scalar;
import io.penstock.dsl.language.syntax.SyntaxNode;
import io.penstock.dsl.language.text.NamedFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the files that stand in the place of schemas when a type is first asked for, each once. A
 * path is relative to the file in which it is written, be it one that {@code use:} brought in.
 */
final class NamedSchemas implements SchemaFiles {
  /** {@code timestamp('yyyy/MM/dd', 'Europe/Paris')} has dots and slashes too. */
  private static final Pattern TYPE =
      Pattern.compile("\\s*(optional\\s+)*(\\[|[a-z0-9_]+\\s*[(<]).*", Pattern.DOTALL);

  private static final String FILE = "file";
  private static final int MOST_SHOWN = 5;

  private final Components components;
  private final Problems problems;
  private final NamedFiles files;
  private final Function<NamedFiles, Binder> binders;
  private final String folder;
  private final Map<Origin, Optional<Schema>> read = new HashMap<>();

  /**
   * The files that a pipeline names.
   *
   * @param binders make a binder that reads these files
   */
  NamedSchemas(
      BindRequest request,
      Components components,
      Problems problems,
      Function<NamedFiles, Binder> binders) {
    this.components = components;
    this.problems = problems;
    this.files = request.files();
    this.binders = binders;
    this.folder = folder(request.text().name());
  }

  @Override
  public boolean isFile(Mapping mapping) {
    if (mapping.entries().size() != 1) {
      return false;
    }
    Mapping.Entry only = mapping.entries().get(0);
    return isPath(only.value()) && components.names(SchemaConfig.class).contains(only.name());
  }

  /** Whether this can be a path and no type: alone, or as the option that it is. */
  private static boolean isPath(SyntaxNode node) {
    if (node instanceof Mapping options) {
      return options.value(FILE).filter(file -> file instanceof Scalar && isPath(file)).isPresent();
    }
    if (!(node instanceof Scalar scalar)) {
      return false;
    }
    String text = scalar.text();
    boolean named = text.contains(".") || text.contains("/") || Variables.stand(text);
    return named && !TYPE.matcher(text).matches();
  }

  @Override
  public Optional<Schema> fields(Mapping mapping) {
    Mapping.Entry only = mapping.entries().get(0);
    return read.computeIfAbsent(mapping.origin(), at -> readNow(only));
  }

  private Optional<Schema> readNow(Mapping.Entry entry) {
    Origin at = entry.key().origin();
    Optional<Schema> fields =
        binders
            .apply(beside(at.file()))
            .choices()
            .named(SchemaConfig.class, entry, Spot.of("", entry.name(), at))
            .map(chosen -> ((SchemaConfig) chosen.config()).fields());
    fields.ifPresent(schema -> warnOfJson(schema, entry));
    return fields;
  }

  /** The files as seen from the folder of one. */
  private NamedFiles beside(String file) {
    String own = folder(file);
    String below = own.startsWith(folder) ? own.substring(folder.length()) : own;
    return below.isEmpty()
        ? files
        : path -> files.read(path.matches("[/\\\\].*|[A-Za-z]:.*") ? path : below + path);
  }

  private static String folder(String file) {
    return file.substring(0, file.lastIndexOf('/') + 1);
  }

  private void warnOfJson(Schema schema, Mapping.Entry entry) {
    List<String> found = new ArrayList<>();
    json(schema, "", found);
    if (found.isEmpty()) {
      return;
    }
    int shown = Math.min(found.size(), MOST_SHOWN);
    String more = found.size() > shown ? " and " + (found.size() - shown) + " more" : "";
    problems.add(
        ProblemCode.W402,
        entry.value().origin(),
        "no type here says all that the file allows, so these are json: "
            + String.join(", ", found.subList(0, shown))
            + more,
        "navigate them as json, or write the schema out");
  }

  private static void json(Schema schema, String above, List<String> found) {
    for (Field field : schema.fields()) {
      json(field.type().type(), above + field.name(), found);
    }
  }

  private static void json(DataType type, String path, List<String> found) {
    if (type.equals(DataType.JSON)) {
      found.add("`" + path + "`");
    } else if (type instanceof DataType.ListOf list) {
      json(list.element().type(), path, found);
    } else if (type instanceof DataType.MapOf map) {
      json(map.value().type(), path, found);
    } else if (type instanceof DataType.RecordOf record) {
      json(record.schema(), path + ".", found);
    }
  }
}
