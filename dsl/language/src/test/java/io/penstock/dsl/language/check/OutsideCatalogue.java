package io.penstock.dsl.language.check;

import io.penstock.api.data.DataType;
import io.penstock.api.data.Field;
import io.penstock.api.data.Schema;
import io.penstock.api.data.ValueType;
import io.penstock.api.format.SchemaConfig;
import io.penstock.api.lookup.KeyPart;
import io.penstock.api.lookup.Lookup;
import io.penstock.api.lookup.LookupConfig;
import io.penstock.api.option.Catalogue;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.ExpressionText;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.Option;
import io.penstock.api.option.Template;
import io.penstock.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outside systems that are checked and never asked. */
public final class OutsideCatalogue implements Catalogue {
  private static final Map<String, DataType> TYPES =
      Map.of("string", DataType.STRING, "int", DataType.INT, "json", DataType.JSON);

  @Override
  public List<Class<? extends Record>> components() {
    return List.of(Directory.class, Counter.class, Listing.class);
  }

  /** Answers with what the file declares. */
  @Component(name = "directory", summary = "People.", example = "directory: \"{email}\"")
  public record Directory(@Option(value = "Who.", main = true) Template of)
      implements LookupConfig {
    @Override
    public List<KeyPart> key() {
      return KeyPart.of(of);
    }

    @Override
    public Lookup lookup() {
      throw new AssertionError("checked only");
    }
  }

  /** Schemas as lines of a name and a type. */
  @Component(name = "listing", summary = "Fields.", example = "listing: order.fields")
  public record Listing(@Option(value = "Which file.", main = true) NamedFile file)
      implements SchemaConfig {
    @Override
    public void check(Checks checks) {
      if (!text().matches("([a-z_]+ (string|int|json)\n)+")) {
        checks.problem(ProblemCode.E118, "file", "`" + file + "` lists no fields", "list them");
      }
    }

    @Override
    public Schema fields() {
      return Schema.of(text().lines().map(Listing::field).toList());
    }

    private static Field field(String line) {
      String[] words = line.split(" ");
      return Field.of(words[0], TYPES.getOrDefault(words[1], DataType.JSON));
    }

    private String text() {
      return new String(file.bytes(), StandardCharsets.UTF_8);
    }
  }

  /** Always answers with the same field. */
  @Component(name = "counter", summary = "Counts.", example = "counter: id")
  public record Counter(@Option(value = "Which.", main = true) ExpressionText number)
      implements LookupConfig {
    @Override
    public List<KeyPart> key() {
      return List.of(new KeyPart("number", number, false));
    }

    @Override
    public Optional<Schema> answer() {
      return Optional.of(Schema.of(Field.of("value", DataType.STRING)));
    }

    @Override
    public Optional<String> refusal(KeyPart part, ValueType type) {
      return type.type().equals(DataType.INT)
          ? Optional.empty()
          : Optional.of("is " + type + ", and a counter is known by its number");
    }

    @Override
    public Lookup lookup() {
      throw new AssertionError("checked only");
    }
  }
}
