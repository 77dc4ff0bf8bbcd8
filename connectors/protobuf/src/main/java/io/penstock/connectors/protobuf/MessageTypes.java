package io.penstock.connectors.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The message types of some files. */
final class MessageTypes {
  private static final String GOOGLE = "google/protobuf/";
  private static final int MOST_FILES = 10_000;

  private final Map<String, FileDescriptor> files = new LinkedHashMap<>();

  private MessageTypes() {}

  /** Why bytes give no types. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String why) {
      super(why);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  /** Types of what {@code protoc --descriptor_set_out --include_imports} has written. */
  static MessageTypes ofSet(byte[] bytes) throws UnreadableException {
    try {
      return of(FileDescriptorSet.parseFrom(bytes).getFileList());
    } catch (InvalidProtocolBufferException wrong) {
      throw new UnreadableException("it is no set of descriptors");
    }
  }

  /** Types of files, in any order. */
  static MessageTypes of(List<FileDescriptorProto> protos) throws UnreadableException {
    if (protos.isEmpty() || protos.size() > MOST_FILES) {
      throw new UnreadableException("it has " + protos.size() + " files");
    }
    Map<String, FileDescriptorProto> byName = new LinkedHashMap<>();
    protos.forEach(proto -> byName.put(proto.getName(), proto));
    MessageTypes types = new MessageTypes();
    for (FileDescriptorProto proto : protos) {
      types.add(proto, byName, new LinkedHashSet<>());
    }
    return types;
  }

  private FileDescriptor add(
      FileDescriptorProto proto, Map<String, FileDescriptorProto> all, Set<String> above)
      throws UnreadableException {
    FileDescriptor known = files.get(proto.getName());
    if (known != null) {
      return known;
    }
    if (!above.add(proto.getName())) {
      throw new UnreadableException("`" + proto.getName() + "` imports itself");
    }
    List<FileDescriptor> imports = new ArrayList<>();
    for (String name : proto.getDependencyList()) {
      FileDescriptorProto wanted = all.get(name);
      Optional<FileDescriptor> common = Google.file(name);
      if (wanted != null) {
        imports.add(add(wanted, all, above));
      } else if (common.isPresent()) {
        imports.add(common.get());
      } else {
        throw new UnreadableException(
            "`" + proto.getName() + "` imports `" + name + "`, which it does not have");
      }
    }
    above.remove(proto.getName());
    try {
      FileDescriptor built =
          FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new));
      files.put(proto.getName(), built);
      return built;
    } catch (DescriptorValidationException wrong) {
      throw new UnreadableException(String.valueOf(wrong.getMessage()));
    }
  }

  /** The file of a name. */
  Optional<FileDescriptor> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** The message of a full name. */
  Optional<Descriptor> find(String name) {
    return messages(files.values().stream().toList()).stream()
        .filter(type -> type.getFullName().equals(name))
        .findFirst();
  }

  /** All messages, but those that come with Protobuf. */
  List<Descriptor> all() {
    return messages(files.values().stream().filter(f -> !f.getName().startsWith(GOOGLE)).toList());
  }

  /** All messages of a file, an outer one before those inside it. */
  static List<Descriptor> of(FileDescriptor file) {
    return messages(List.of(file));
  }

  private static List<Descriptor> messages(Collection<FileDescriptor> files) {
    List<Descriptor> found = new ArrayList<>();
    files.forEach(file -> file.getMessageTypes().forEach(type -> collect(type, found)));
    return found;
  }

  private static void collect(Descriptor type, List<Descriptor> found) {
    if (!type.getOptions().getMapEntry()) {
      found.add(type);
    }
    type.getNestedTypes().forEach(inner -> collect(inner, found));
  }
}
