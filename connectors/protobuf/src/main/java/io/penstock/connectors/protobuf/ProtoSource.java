package io.penstock.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.penstock.connectors.registry.RegistryProblem;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a `.proto` source, which is what registries keep. Of services, extensions and options that
 * people made it takes no notice, since records show nothing of them. Names of types are resolved
 * by the library.
 */
final class ProtoSource {
  private static final String PROTO3 = "proto3";

  private final ProtoTokens tokens;
  private final ProtoOptions options;
  private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();

  private ProtoSource(String source) {
    this.tokens = new ProtoTokens(source);
    this.options = new ProtoOptions(tokens);
  }

  /** The file without a name; throws {@link RegistryProblem} where it cannot be read. */
  static FileDescriptorProto read(String source) {
    ProtoSource reader = new ProtoSource(source);
    while (!reader.tokens.atEnd()) {
      reader.statement();
    }
    return reader.file.build();
  }

  private void statement() {
    switch (tokens.peek()) {
      case ";" -> tokens.want(";");
      case "syntax" -> syntax();
      case "edition" -> edition();
      case "import" -> imported();
      case "package" -> {
        tokens.want("package");
        file.setPackage(tokens.path());
        tokens.want(";");
      }
      case "option" -> {
        tokens.want("option");
        options.statement(file.getOptionsBuilder());
      }
      case "message" -> {
        tokens.want("message");
        file.addMessageType(messages().message(tokens.name(), 0));
      }
      case "enum" -> file.addEnumType(symbols(tokens, options));
      case "extend" -> {
        tokens.want("extend");
        messages().extension(tokens.path(), 0);
      }
      case "service" -> {
        tokens.want("service");
        String unused = tokens.name();
        options.skip();
      }
      default -> throw tokens.wrong("`" + tokens.peek() + "` begins nothing that a file has");
    }
  }

  private ProtoMessages messages() {
    return new ProtoMessages(tokens, options, file.getSyntax().equals(PROTO3));
  }

  private void syntax() {
    tokens.want("syntax");
    tokens.want("=");
    String syntax = tokens.text();
    if (!syntax.equals(PROTO3) && !syntax.equals("proto2")) {
      throw tokens.wrong("`" + syntax + "` is no syntax that is known");
    }
    file.setSyntax(syntax);
    tokens.want(";");
  }

  private void edition() {
    tokens.want("edition");
    tokens.want("=");
    String written = tokens.text();
    Optional<Edition> edition =
        Arrays.stream(Edition.values())
            .filter(known -> known.name().equals("EDITION_" + written))
            .findFirst();
    file.setSyntax("editions");
    file.setEdition(
        edition.orElseThrow(() -> tokens.wrong("`" + written + "` is no edition that is known")));
    tokens.want(";");
  }

  private void imported() {
    tokens.want("import");
    boolean open = tokens.took("public");
    boolean unused = !open && (tokens.took("weak") || tokens.took("option"));
    if (open) {
      file.addPublicDependency(file.getDependencyCount());
    }
    file.addDependency(tokens.text());
    tokens.want(";");
  }

  /** An enum, at whose word the source stands. */
  static EnumDescriptorProto symbols(ProtoTokens tokens, ProtoOptions options) {
    tokens.want("enum");
    EnumDescriptorProto.Builder symbols = EnumDescriptorProto.newBuilder().setName(tokens.name());
    tokens.want("{");
    while (!tokens.took("}")) {
      if (tokens.took(";")) {
        continue;
      }
      if (tokens.took("option")) {
        options.statement(symbols.getOptionsBuilder());
      } else if (tokens.peek().equals("reserved")) {
        passStatement(tokens);
      } else {
        EnumValueDescriptorProto.Builder symbol =
            EnumValueDescriptorProto.newBuilder().setName(tokens.name());
        tokens.want("=");
        symbol.setNumber(tokens.number());
        options.list(symbol::getOptionsBuilder, name -> false);
        symbols.addValue(symbol);
        tokens.want(";");
      }
    }
    return symbols.build();
  }

  /** Passes a statement that says nothing about bytes. */
  static void passStatement(ProtoTokens tokens) {
    while (!tokens.took(";")) {
      if (tokens.isText()) {
        byte[] unused = tokens.bytes();
      } else {
        String unused = tokens.take();
      }
    }
  }
}
