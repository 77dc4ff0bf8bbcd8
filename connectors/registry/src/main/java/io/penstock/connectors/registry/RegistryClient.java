package io.penstock.connectors.registry;

import io.penstock.api.problem.Outage;
import io.penstock.api.problem.PipelineException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Asks a registry for schemas of one kind. What it was told it does not keep: who asks does.
 * Single-threaded.
 */
public final class RegistryClient {
  private final RegistryCalls calls;
  private final SchemaKind kind;
  private final Registry.OnWrite onWrite;

  private RegistryClient(Registry registry, SchemaKind kind, RegistryCalls.Side side) {
    this.calls = new RegistryCalls(registry, kind, side);
    this.kind = kind;
    this.onWrite = registry.onWrite();
  }

  /** For records that are read. */
  public static RegistryClient reading(Registry registry, SchemaKind kind) {
    return new RegistryClient(registry, kind, RegistryCalls.Side.SOURCE);
  }

  /** For records that are written. */
  public static RegistryClient writing(Registry registry, SchemaKind kind) {
    return new RegistryClient(registry, kind, RegistryCalls.Side.SINK);
  }

  /**
   * Asks what changes nothing.
   *
   * @throws PipelineException where the registry cannot be asked, or is none
   */
  void look() {
    RegistryCalls.Answer kinds = calls.get("/schemas/types");
    if (kinds.isMissing()) {
      throw calls.problem(
          Outage.MISSING,
          "has no `/schemas/types`, as a schema registry has",
          "check `url`: often the path is missing, such as `/apis/ccompat/v7`");
    }
    if (!kinds.names(kind.name())) {
      throw calls.problem(
          Outage.MISSING,
          "knows no schemas of " + kind.title(),
          "allow them there, or use another format");
    }
  }

  /**
   * Asks for what is to be written, and changes nothing.
   *
   * @param subject whose schema is wanted
   * @param schema what it would be given
   * @throws PipelineException where it lacks the subject, or would not take the schema
   */
  void look(String subject, Function<RegistryClient, Optional<Offered>> schema) {
    switch (onWrite) {
      case LATEST -> {
        Registered unused = latest(subject);
      }
      case FIND -> {
        if (calls.get(path(subject) + "/versions/latest").isMissing()) {
          throw missing(subject);
        }
      }
      case REGISTER -> schema.apply(this).ifPresent(offered -> takes(subject, offered));
    }
  }

  /** Asks whether a schema could follow the newest one of its subject, where that has one. */
  private void takes(String subject, Offered offered) {
    RegistryCalls.Answer answer =
        calls.post(
            "/compatibility" + path(subject) + "/versions/latest?verbose=true",
            subject,
            body(offered.schema(), offered.references()));
    if (answer.denies("is_compatible")) {
      // Registries have one or the other.
      List<String> reasons =
          answer.list("messages").stream().flatMap(one -> one.asText().stream()).toList();
      throw calls.refused(subject, answer.text("reason").orElse(String.join("; ", reasons)));
    }
  }

  /** The schema of a number; throws {@link RegistryProblem} where there is none of this kind. */
  public Registered byNumber(int number) {
    RegistryCalls.Answer answer = calls.get("/schemas/ids/" + number + form());
    if (answer.isMissing()) {
      throw new RegistryProblem(ProblemCode.D130, "the registry has no schema " + number);
    }
    return registered(number, answer, "the schema " + number + " of the registry");
  }

  /** What a schema is built on; throws {@link RegistryProblem} where the registry lacks it. */
  public Registered byVersion(Reference reference) {
    RegistryCalls.Answer answer =
        calls.get(path(reference.subject()) + "/versions/" + reference.version() + form());
    if (answer.isMissing()) {
      throw new RegistryProblem(
          ProblemCode.D130,
          "the registry has no version "
              + reference.version()
              + " of `"
              + reference.subject()
              + "`, which a schema refers to");
    }
    return registered(
        answer.number("id").orElse(0), answer, "`" + reference.subject() + "` in the registry");
  }

  /**
   * The newest schema of a subject, for what is written.
   *
   * @throws PipelineException where there is none
   */
  public Registered latest(String subject) {
    RegistryCalls.Answer answer = calls.get(path(subject) + "/versions/latest" + form());
    if (answer.isMissing()) {
      throw calls.problem(
          Outage.MISSING,
          "has no subject `" + subject + "`",
          "name it as `subject`, or write `on_write: register`");
    }
    int number = answer.number("id").orElseThrow(() -> calls.unusable("has no number in it"));
    try {
      return registered(number, answer, "the newest schema of `" + subject + "`");
    } catch (RegistryProblem wrong) {
      throw calls.unfit(
          "of the subject `" + subject + "`: " + wrong.text(), "name another `subject`");
    }
  }

  /**
   * The number of a schema under a subject, which gets it where it may and has none.
   *
   * @throws PipelineException where the registry does not take it, or does not have it
   */
  public int number(String subject, String schema, List<Reference> references) {
    boolean registers = onWrite == Registry.OnWrite.REGISTER;
    RegistryCalls.Answer answer =
        calls.post(
            path(subject) + (registers ? "/versions" : ""), subject, body(schema, references));
    if (answer.isMissing()) {
      throw missing(subject);
    }
    return answer.number("id").orElseThrow(() -> calls.unusable("has no number in it"));
  }

  /** Under which version a subject has a schema, which gets it where it may and has none. */
  public Reference reference(
      String name, String subject, String schema, List<Reference> references) {
    if (onWrite == Registry.OnWrite.REGISTER) {
      int unused = number(subject, schema, references);
    }
    RegistryCalls.Answer answer = calls.post(path(subject), subject, body(schema, references));
    if (answer.isMissing()) {
      throw missing(subject);
    }
    int version =
        answer.number("version").orElseThrow(() -> calls.unusable("has no version in it"));
    return new Reference(name, subject, version);
  }

  /** Under which version a subject has a schema; empty where it has not, and nothing is changed. */
  public Optional<Reference> known(String name, String subject, Offered schema) {
    RegistryCalls.Answer answer =
        calls.post(path(subject), subject, body(schema.schema(), schema.references()));
    return answer.number("version").map(version -> new Reference(name, subject, version));
  }

  private PipelineException missing(String subject) {
    return calls.problem(
        Outage.MISSING,
        "does not have the schema of these rows under `" + subject + "`",
        "register it there, or write `on_write: register`");
  }

  /** Of Protobuf, descriptors are asked for; a registry that has no such form gives the source. */
  private String form() {
    return kind == SchemaKind.PROTOBUF ? "?format=serialized" : "";
  }

  private static String path(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Json body(String schema, List<Reference> references) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("schemaType", Json.ofText(kind.name()));
    members.put("schema", Json.ofText(schema));
    if (!references.isEmpty()) {
      List<Json> list = new ArrayList<>();
      for (Reference reference : references) {
        Map<String, Json> one = new LinkedHashMap<>();
        one.put("name", Json.ofText(reference.name()));
        one.put("subject", Json.ofText(reference.subject()));
        one.put("version", Json.ofNumber(reference.version()));
        list.add(Json.object(one));
      }
      members.put("references", Json.list(list));
    }
    return Json.object(members);
  }

  private Registered registered(int number, RegistryCalls.Answer answer, String named) {
    String type = answer.text("schemaType").orElse(SchemaKind.AVRO.name());
    if (!type.equals(kind.name())) {
      throw new RegistryProblem(ProblemCode.D131, named + " is " + type + ", not " + kind.title());
    }
    String text =
        answer
            .text("schema")
            .orElseThrow(
                () ->
                    new RegistryProblem(
                        ProblemCode.D101, "the registry's answer has no schema in it"));
    List<Reference> references = new ArrayList<>();
    for (Json one : answer.list("references")) {
      references.add(
          new Reference(
              one.member("name").flatMap(Json::asText).orElse(""),
              one.member("subject").flatMap(Json::asText).orElse(""),
              (int)
                  one.member("version").map(Json::asLong).orElse(OptionalLong.empty()).orElse(0)));
    }
    return new Registered(number, text, references);
  }
}
