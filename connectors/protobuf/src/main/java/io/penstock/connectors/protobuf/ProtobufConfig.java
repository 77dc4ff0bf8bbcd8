package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatConfig;
import io.penstock.api.option.Checks;
import io.penstock.api.option.Component;
import io.penstock.api.option.NamedFile;
import io.penstock.api.option.Option;
import io.penstock.api.problem.Nearest;
import io.penstock.api.problem.Problem;
import io.penstock.api.problem.ProblemCode;
import io.penstock.api.system.Probe;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.SchemaKind;
import java.util.List;
import java.util.Optional;

/** The options of the Protocol Buffers format. */
@Component(
    name = "protobuf",
    summary = "Messages of Protocol Buffers, each by itself or behind their lengths.",
    example = "protobuf: { descriptors: orders.desc, message: shop.Order }")
public record ProtobufConfig(
    @Option(
            value =
                "What the bytes are: `single`, one message, such as one of a queue; `delimited`, a file of messages, each behind its length.",
            byDefault = "single",
            main = true)
        Layout layout,
    @Option(
            "A file of descriptors, as `protoc --include_imports --descriptor_set_out=orders.desc` writes it.")
        Optional<NamedFile> descriptors,
    @Option(
            "The full name of the message; left out: the only one of `descriptors`, or whichever"
                + " the record says.")
        Optional<String> message,
    @Option(
            "Where the schemas are that `single` messages name by a number before them; left out:"
                + " each is a message of `descriptors`, and no number is there.")
        Optional<Registry> registry)
    implements FormatConfig {
  /** What the bytes are. */
  public enum Layout {
    SINGLE,
    DELIMITED
  }

  @Override
  public void checkEach(Checks checks) {
    if (descriptors.isEmpty()) {
      return;
    }
    try {
      MessageTypes types = MessageTypes.ofSet(descriptors.get().bytes());
      checkMessage(types, checks);
    } catch (MessageTypes.UnreadableException wrong) {
      checks.problem(
          ProblemCode.E104,
          "descriptors",
          "`descriptors` must be a file of descriptors, unlike `"
              + descriptors.get().path()
              + "`: "
              + wrong.why(),
          "make it by `protoc --include_imports --descriptor_set_out=orders.desc orders.proto`");
    }
  }

  private void checkMessage(MessageTypes types, Checks checks) {
    List<String> names = types.all().stream().map(Descriptor::getFullName).toList();
    if (message.isEmpty() && names.size() != 1) {
      checks.problem(
          ProblemCode.E103,
          "descriptors",
          "`"
              + descriptors.orElseThrow().path()
              + "` has "
              + names.size()
              + " messages, and `message` is missing",
          "name one of them: " + listed(names));
    } else if (message.isPresent() && types.find(message.get()).isEmpty()) {
      checks.problem(
          ProblemCode.E104,
          "message",
          "`message` must be one of `"
              + descriptors.orElseThrow().path()
              + "`, not `"
              + message.get()
              + "`",
          Nearest.to(message.get(), names)
              .map(name -> "did you mean `" + name + "`?")
              .orElse("name one of them: " + listed(names)));
    }
  }

  private static String listed(List<String> names) {
    int most = 20;
    String some = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.isEmpty()
        ? "there is none"
        : names.size() > most ? some + " and " + (names.size() - most) + " more" : some;
  }

  @Override
  public void check(Checks checks) {
    if (registry.isPresent() && layout == Layout.DELIMITED) {
      checks.problem(
          ProblemCode.E110,
          "registry",
          "messages behind their lengths have no number of a schema before them",
          "leave `registry` out, or write `layout: single`");
    }
    if (descriptors.isPresent() && isLatest()) {
      checks.problem(
          ProblemCode.E110,
          "descriptors",
          "`on_write: latest` writes the registry's newest schema, and not that of `descriptors`",
          "leave one of them out");
    }
    if (descriptors.isEmpty() && registry.isEmpty()) {
      checks.problem(
          ProblemCode.E103,
          "descriptors",
          "messages do not say what they are",
          "add `descriptors: orders.desc, message: shop.Order`, or a `registry`");
    }
  }

  /** The message that is meant; empty where that was reported. */
  Optional<Descriptor> type() {
    try {
      if (descriptors.isEmpty()) {
        return Optional.empty();
      }
      MessageTypes types = MessageTypes.ofSet(descriptors.get().bytes());
      return message.isPresent() ? types.find(message.get()) : types.all().stream().findFirst();
    } catch (MessageTypes.UnreadableException wrong) {
      return Optional.empty();
    }
  }

  private boolean isLatest() {
    return registry.map(asked -> asked.onWrite() == Registry.OnWrite.LATEST).orElse(false);
  }

  @Override
  public Format format() {
    return new ProtobufFormat(this, Optional.empty());
  }

  @Override
  public Format written(Optional<String> destination) {
    return new ProtobufFormat(this, registry.flatMap(asked -> asked.subject(destination)));
  }

  @Override
  public List<Problem> connect(Probe probe) {
    return registry.map(asked -> asked.connect(probe, SchemaKind.PROTOBUF)).orElse(List.of());
  }

  @Override
  public List<Problem> connectWritten(Probe probe, Optional<String> destination, Schema rows) {
    ProtobufFormat written = new ProtobufFormat(this, Optional.empty());
    return registry
        .map(
            asked ->
                asked.connectWritten(probe, SchemaKind.PROTOBUF, destination, written::offered))
        .orElse(List.of());
  }

  @Override
  public void checkWritten(Optional<String> destination, Checks checks) {
    registry.ifPresent(asked -> asked.checkSubject(destination, checks));
    if (descriptors.isEmpty() && !isLatest()) {
      checks.problem(
          ProblemCode.E103,
          "descriptors",
          "what is written needs to be known: `descriptors` is missing",
          "add `descriptors: orders.desc, message: shop.Order`, or let the registry say it:"
              + " `on_write: latest`");
    }
  }
}
