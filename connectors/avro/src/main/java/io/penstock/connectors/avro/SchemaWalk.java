package io.penstock.connectors.avro;

import io.penstock.api.problem.Nearest;
import io.penstock.json.Json;
import io.penstock.json.PlacedJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through an Avro schema as JSON for what it cannot be: types that are none, names that are
 * missing or stand twice. All of it is told, each with its place.
 */
final class SchemaWalk {
  private static final List<String> PRIMITIVE =
      List.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");
  private static final List<String> COMPLEX = List.of("record", "enum", "fixed", "array", "map");

  private static final List<String> RECORDS = List.of("record", "error");

  private final List<Complaint> complaints = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final List<Use> uses = new ArrayList<>();

  private SchemaWalk() {}

  /** Something that is wrong, and what to do about it. */
  record Complaint(PlacedJson.Place at, String what, String hint) {}

  /** A name that stands for a type, judged once all are known. */
  private record Use(PlacedJson at, String space) {}

  /** What is wrong with the schema of a record, in the order of the file. */
  static List<Complaint> over(PlacedJson schema) {
    SchemaWalk walk = new SchemaWalk();
    if (schema.member("type").flatMap(PlacedJson::asText).filter(RECORDS::contains).isEmpty()) {
      walk.wrong(
          schema,
          "the schema is " + shown(schema) + ", and a row is a record",
          "name a file whose schema is a record");
    } else {
      walk.type(schema, "");
      walk.uses.forEach(walk::judge);
    }
    walk.complaints.sort(Comparator.comparing(Complaint::at));
    return List.copyOf(walk.complaints);
  }

  private void wrong(PlacedJson at, String what, String hint) {
    complaints.add(new Complaint(at.place(), what, hint));
  }

  private void type(PlacedJson schema, String space) {
    switch (schema.kind()) {
      case TEXT -> uses.add(new Use(schema, space));
      case LIST -> schema.elements().forEach(branch -> type(branch, space));
      case OBJECT -> object(schema, space);
      case NULL, BOOLEAN, NUMBER ->
          wrong(
              schema,
              "a type is a name, a list or an object, not `" + schema.text() + "`",
              "write `\"string\"`, for one");
    }
  }

  private void object(PlacedJson schema, String space) {
    Optional<PlacedJson> type = part(schema, "type", "object");
    String name = type.flatMap(PlacedJson::asText).orElse("");
    switch (name) {
      case "record", "error" -> record(schema, named(schema, space));
      case "enum" -> {
        String unused = named(schema, space);
        symbols(schema);
      }
      case "fixed" -> {
        String unused = named(schema, space);
        part(schema, "size", name)
            .filter(size -> size.kind() != Json.Kind.NUMBER)
            .ifPresent(size -> wrong(size, "`size` is no number", "write how many bytes"));
      }
      case "array" -> part(schema, "items", name).ifPresent(items -> type(items, space));
      case "map" -> part(schema, "values", name).ifPresent(values -> type(values, space));
      default -> type.ifPresent(inner -> plain(inner, space));
    }
  }

  /** The type of an object that only says more of a type without parts. */
  private void plain(PlacedJson type, String space) {
    if (type.kind() == Json.Kind.TEXT) {
      uses.add(new Use(type, space));
      return;
    }
    wrong(
        type,
        "the type of an object is a name, not " + shown(type),
        "write what stands there in place of the object around it");
  }

  /** A part that must be there. */
  private Optional<PlacedJson> part(PlacedJson schema, String name, String of) {
    Optional<PlacedJson> found = schema.member(name);
    if (found.isEmpty()) {
      wrong(schema, "the " + of + " has no `" + name + "`", "add `\"" + name + "\": ...`");
    }
    return found;
  }

  /** Takes the name of a type, and gives the name space in which its parts stand. */
  private String named(PlacedJson schema, String around) {
    Optional<PlacedJson> written = part(schema, "name", "type");
    if (written.isEmpty()) {
      return around;
    }
    String name = written.get().asText().orElse("");
    if (name.isEmpty()) {
      wrong(written.get(), "`name` is no text", "name the type");
      return around;
    }
    int dot = name.lastIndexOf('.');
    String space =
        dot >= 0
            ? name.substring(0, dot)
            : schema.member("namespace").flatMap(PlacedJson::asText).orElse(around);
    String whole = whole(name.substring(dot + 1), space);
    if (!names.add(whole)) {
      wrong(
          written.get(),
          "`" + whole + "` is defined twice",
          "where it is used again, write its name alone");
    }
    return space;
  }

  private void record(PlacedJson schema, String space) {
    Optional<PlacedJson> fields = part(schema, "fields", "record");
    if (fields.isPresent() && fields.get().elements().isEmpty()) {
      wrong(
          fields.get(),
          "`fields` is " + (fields.get().kind() == Json.Kind.LIST ? "empty" : "no list"),
          "list the fields: `[{\"name\": \"id\", \"type\": \"long\"}]`");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (PlacedJson field : fields.map(PlacedJson::elements).orElse(List.of())) {
      if (field.kind() != Json.Kind.OBJECT) {
        wrong(field, "a field is an object, not " + shown(field), "give it name and type");
        continue;
      }
      Optional<PlacedJson> name = part(field, "name", "field");
      String text = name.flatMap(PlacedJson::asText).orElse("");
      if (name.isPresent() && text.isEmpty()) {
        wrong(name.get(), "`name` is no name of a field", "write a text");
      } else if (name.isPresent() && !seen.add(text)) {
        wrong(
            name.get(),
            "the field `" + text + "` stands there twice",
            "give one of them another name");
      }
      part(field, "type", text.isEmpty() ? "field" : "field `" + text + "`")
          .ifPresent(type -> type(type, space));
    }
  }

  private void symbols(PlacedJson schema) {
    part(schema, "symbols", "enum")
        .filter(symbols -> symbols.kind() != Json.Kind.LIST)
        .ifPresent(symbols -> wrong(symbols, "`symbols` is no list", "list the texts"));
  }

  private void judge(Use use) {
    String name = use.at().text();
    boolean known =
        PRIMITIVE.contains(name)
            || names.contains(name)
            || names.contains(whole(name, use.space()));
    if (!known) {
      List<String> all = new ArrayList<>(PRIMITIVE);
      all.addAll(COMPLEX);
      names.stream().sorted().forEach(all::add);
      wrong(
          use.at(),
          "unknown type `" + Values.shown(name) + "`",
          COMPLEX.contains(name)
              ? "write it as an object: `{\"type\": \"" + name + "\", ...}`"
              : Nearest.hint(name, "types", all));
    }
  }

  private static String whole(String name, String space) {
    return space.isEmpty() || name.contains(".") ? name : space + "." + name;
  }

  private static String shown(PlacedJson value) {
    return switch (value.kind()) {
      case LIST -> "a list of types";
      case OBJECT ->
          value
              .member("type")
              .flatMap(PlacedJson::asText)
              .map(type -> "`" + Values.shown(type) + "`")
              .orElse("an object without a type");
      case TEXT, NUMBER, BOOLEAN, NULL -> "`" + Values.shown(value.text()) + "`";
    };
  }
}
