package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.penstock.api.problem.ProblemCode;
import io.penstock.connectors.registry.Prefix;
import io.penstock.connectors.registry.RegistryProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds a record's type by the number before it. The registry is asked once for each number. */
final class RegisteredMessages implements MessageSource {
  private final RegisteredFiles files;
  private final Optional<String> wanted;
  private final Map<Integer, FileDescriptor> known = new HashMap<>();

  /**
   * A source of types.
   *
   * @param wanted the full name that messages must have
   */
  RegisteredMessages(RegisteredFiles files, Optional<String> wanted) {
    this.files = files;
    this.wanted = wanted;
  }

  @Override
  public Found of(byte[] bytes, int from, int to) {
    try {
      int number = Prefix.number(bytes, from, to);
      MessagePath path = MessagePath.read(bytes, from + Prefix.LENGTH, to);
      Descriptor type = type(number, path);
      return new Found(type, from + Prefix.LENGTH + path.length());
    } catch (RegistryProblem wrong) {
      throw new BadMessage(wrong.code(), wrong.text());
    }
  }

  private Descriptor type(int number, MessagePath path) {
    FileDescriptor file = known.get(number);
    if (file == null) {
      file = files.of(number);
      known.put(number, file);
    }
    Optional<Descriptor> type = path.in(file);
    if (type.isEmpty()) {
      throw new BadMessage(
          ProblemCode.D101,
          "the schema " + number + " of the registry has no message at " + path.places());
    }
    if (wanted.isPresent() && !type.get().getFullName().equals(wanted.get())) {
      throw new BadMessage(
          ProblemCode.D132,
          "the message is `"
              + type.get().getFullName()
              + "`, and `message` says `"
              + wanted.get()
              + "`");
    }
    return type.get();
  }
}
