package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.penstock.api.data.Schema;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Encoder;
import io.penstock.api.format.Format;
import io.penstock.api.format.FormatTraits;
import io.penstock.api.format.Splitter;
import io.penstock.api.problem.PipelineException;
import io.penstock.connectors.registry.NumberedEncoder;
import io.penstock.connectors.registry.Offered;
import io.penstock.connectors.registry.Prefix;
import io.penstock.connectors.registry.Registered;
import io.penstock.connectors.registry.Registry;
import io.penstock.connectors.registry.RegistryClient;
import io.penstock.connectors.registry.RegistryProblem;
import io.penstock.connectors.registry.SchemaKind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Messages: a record is a message. */
final class ProtobufFormat implements Format {
  private final ProtobufConfig config;
  private final Optional<Descriptor> type;

  private final Optional<String> subject;

  /**
   * A format.
   *
   * @param subject that the registry is told of what is written; empty: it is told nothing, and no
   *     number is written
   */
  ProtobufFormat(ProtobufConfig config, Optional<String> subject) {
    this.config = config;
    this.subject = subject;
    // Descriptors that cannot be read were reported; the rest is checked as if there were none.
    this.type = config.type();
  }

  @Override
  public FormatTraits traits() {
    boolean delimited = config.layout() == ProtobufConfig.Layout.DELIMITED;
    return new FormatTraits(
        true, true, delimited, delimited, type.map(FieldTypes::of), true, false);
  }

  @Override
  public Splitter splitter(int maxRecord) {
    return switch (config.layout()) {
      case DELIMITED -> new DelimitedSplitter();
      case SINGLE -> (bytes, from, to, last) -> last ? to : Splitter.NONE;
    };
  }

  @Override
  public Decoder decoder(Decoding decoding) {
    return new MessageDecoder(config.layout(), decoding, types());
  }

  private MessageSource types() {
    if (config.registry().isPresent()) {
      RegistryClient client = RegistryClient.reading(config.registry().get(), SchemaKind.PROTOBUF);
      return new RegisteredMessages(
          new RegisteredFiles(client),
          config.message().or(() -> type.map(Descriptor::getFullName)));
    }
    Descriptor known = type.orElseThrow();
    return (bytes, from, to) -> new MessageSource.Found(known, from);
  }

  @Override
  public Encoder encoder(Schema rows) {
    if (config.registry().isPresent() && subject.isPresent()) {
      return new NumberedEncoder(numbered(rows, config.registry().get(), subject.get()));
    }
    return encoder(type.orElseThrow(ProtobufFormat::unknown), rows);
  }

  /** What a registry is given of what is written; empty where it lacks what that is built on. */
  Optional<Offered> offered(RegistryClient client) {
    return type.flatMap(known -> new RegisteredFiles(client).offered(known.getFile()));
  }

  private Encoder encoder(Descriptor message, Schema rows) {
    return new MessageEncoder(config.layout(), RowWriter.of(message, rows));
  }

  private Supplier<NumberedEncoder.Begun> numbered(Schema rows, Registry registry, String subject) {
    RegistryClient client = RegistryClient.writing(registry, SchemaKind.PROTOBUF);
    if (registry.onWrite() == Registry.OnWrite.LATEST) {
      return () -> {
        Registered latest = client.latest(subject);
        Descriptor message = latest(new RegisteredFiles(client), latest);
        return begun(latest.number(), message, encoder(message, rows));
      };
    }
    Descriptor message = type.orElseThrow(ProtobufFormat::unknown);
    Encoder records = encoder(message, rows);
    return () ->
        begun(new RegisteredFiles(client).number(message.getFile(), subject), message, records);
  }

  private static NumberedEncoder.Begun begun(int number, Descriptor message, Encoder records) {
    ByteArrayOutputStream prefix = new ByteArrayOutputStream();
    prefix.writeBytes(Prefix.of(number));
    prefix.writeBytes(MessagePath.of(message));
    return new NumberedEncoder.Begun(prefix.toByteArray(), records);
  }

  /** The message that the registry's newest schema has; the first, where none is named. */
  private Descriptor latest(RegisteredFiles files, Registered latest) {
    try {
      FileDescriptor file = files.of(latest);
      List<Descriptor> all = MessageTypes.of(file);
      return config
          .message()
          .map(name -> all.stream().filter(m -> m.getFullName().equals(name)).findFirst())
          .orElseGet(() -> all.stream().findFirst())
          .orElseThrow(
              () ->
                  Unfit.because(
                      "the registry's newest schema has no message `"
                          + config.message().orElse("")
                          + "`"));
    } catch (RegistryProblem wrong) {
      throw Unfit.because("the registry's newest schema cannot be used: " + wrong.text());
    }
  }

  private static PipelineException unknown() {
    return Unfit.because("which message they become is not known", "add `descriptors`");
  }
}
