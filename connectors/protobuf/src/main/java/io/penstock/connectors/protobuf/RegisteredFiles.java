package io.penstock.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.Offered;
import io.penstock.connectors.registry.Reference;
import io.penstock.connectors.registry.Registered;
import io.penstock.connectors.registry.RegistryClient;
import io.penstock.connectors.registry.RegistryProblem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of messages that a registry has, and those that it is given. */
final class RegisteredFiles {
  private static final int MOST_REFERENCES = 100;
  private static final String NAMELESS = "schema.proto";

  private final RegistryClient client;

  RegisteredFiles(RegistryClient client) {
    this.client = client;
  }

  /** The file of a number; throws {@link RegistryProblem} where it cannot be had. */
  FileDescriptor of(int number) {
    return of(client.byNumber(number));
  }

  /** The file that was found, with those that it refers to. */
  FileDescriptor of(Registered found) {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    String name = collect(found, Optional.empty(), files);
    try {
      return MessageTypes.of(known(files)).file(name).orElseThrow();
    } catch (MessageTypes.UnreadableException wrong) {
      throw new RegistryProblem(
          ProblemCode.D101, "the registry's schema cannot be read: " + wrong.why());
    }
  }

  /** Takes a file and what it refers to; tells its name. */
  private String collect(
      Registered found, Optional<String> called, Map<String, FileDescriptorProto> to) {
    if (to.size() > MOST_REFERENCES) {
      throw new RegistryProblem(
          ProblemCode.D107, "a schema of the registry refers to more than " + MOST_REFERENCES);
    }
    FileDescriptorProto file = parsed(found.text());
    String own = file.getName().isEmpty() ? NAMELESS : file.getName();
    String name = called.orElse(own);
    to.put(name, file.toBuilder().setName(name).build());
    for (Reference reference : found.references()) {
      if (!to.containsKey(reference.name())) {
        String unused = collect(client.byVersion(reference), Optional.of(reference.name()), to);
      }
    }
    return name;
  }

  private static FileDescriptorProto parsed(String text) {
    try {
      return FileDescriptorProto.parseFrom(Base64.getDecoder().decode(text.strip()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException source) {
      return ProtoSource.read(text);
    }
  }

  /**
   * The files without imports that nobody has. Files of options are such, and options are of no
   * matter; where a message is of a type that is not there, that is told.
   */
  private static List<FileDescriptorProto> known(Map<String, FileDescriptorProto> files) {
    List<FileDescriptorProto> all = new ArrayList<>();
    for (FileDescriptorProto file : files.values()) {
      FileDescriptorProto.Builder known =
          file.toBuilder().clearDependency().clearPublicDependency().clearWeakDependency();
      List<String> names = file.getDependencyList();
      for (int i = 0; i < names.size(); i++) {
        if (files.containsKey(names.get(i)) || Google.file(names.get(i)).isPresent()) {
          if (file.getPublicDependencyList().contains(i)) {
            known.addPublicDependency(known.getDependencyCount());
          }
          known.addDependency(names.get(i));
        }
      }
      all.add(known.build());
    }
    return all;
  }

  /** The number of a file that rows are written with, whose imports the registry has too. */
  int number(FileDescriptor file, String subject) {
    return client.number(subject, text(file), references(file));
  }

  private List<Reference> references(FileDescriptor file) {
    List<Reference> references = new ArrayList<>();
    for (FileDescriptor imported : file.getDependencies()) {
      String name = imported.getName();
      if (Google.file(name).isEmpty()) {
        references.add(client.reference(name, name, text(imported), references(imported)));
      }
    }
    return references;
  }

  /** A file as it would be handed over; empty where the registry lacks one of its imports. */
  Optional<Offered> offered(FileDescriptor file) {
    List<Reference> references = new ArrayList<>();
    for (FileDescriptor imported : file.getDependencies()) {
      String name = imported.getName();
      if (Google.file(name).isEmpty()) {
        Optional<Reference> known =
            offered(imported).flatMap(schema -> client.known(name, name, schema));
        if (known.isEmpty()) {
          return Optional.empty();
        }
        references.add(known.get());
      }
    }
    return Optional.of(new Offered(text(file), references));
  }

  private static String text(FileDescriptor file) {
    return Base64.getEncoder().encodeToString(file.toProto().toByteArray());
  }
}
