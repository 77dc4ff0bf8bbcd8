package io.penstock.connectors.avro;

import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.Reference;
import io.penstock.connectors.registry.Registered;
import io.penstock.connectors.registry.RegistryClient;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** The schemas of a registry, with those that they refer to. */
final class RegisteredSchemas {
  private static final int MOST_REFERENCES = 100;

  private final RegistryClient client;

  RegisteredSchemas(RegistryClient client) {
    this.client = client;
  }

  /** The schema of a number. */
  Schema of(int number) {
    return of(client.byNumber(number));
  }

  /** The schema that was found. */
  Schema of(Registered found) {
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    int unused = references(found, parser, 0);
    return Schemas.read(found.text(), parser);
  }

  /** Reads what a schema refers to, depth first, so that names are known where they are used. */
  private int references(Registered of, Schema.Parser parser, int before) {
    int count = before;
    for (Reference reference : of.references()) {
      if (++count > MOST_REFERENCES) {
        throw new BadDatum(
            ProblemCode.D107, "a schema of the registry refers to more than " + MOST_REFERENCES);
      }
      Registered found = client.byVersion(reference);
      count = references(found, parser, count);
      if (!parser.getTypes().containsKey(reference.name())) {
        Schema unused = parser.parse(found.text());
      }
    }
    return count;
  }
}
