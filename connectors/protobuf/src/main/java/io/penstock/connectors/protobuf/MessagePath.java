package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.penstock.api.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which message of a file a record is, as it stands behind the number of the schema: how many
 * numbers follow, then the place of the outermost message among those of the file, of the one
 * inside it, and so on; a single 0 for the first message of the file. The entries of maps, which no
 * source text has, are not counted.
 *
 * @param places from 0
 * @param length how many bytes it takes
 */
record MessagePath(List<Integer> places, int length) {
  private static final int MOST_BYTES = 5;
  private static final int DEEPEST = 100;

  MessagePath {
    places = List.copyOf(places);
  }

  /** The path that begins here. */
  static MessagePath read(byte[] bytes, int from, int to) {
    int[] at = {from};
    int count = number(bytes, at, to);
    if (count < 0 || count > DEEPEST) {
      throw broken();
    }
    if (count == 0) {
      return new MessagePath(List.of(0), at[0] - from);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = number(bytes, at, to);
      if (place < 0) {
        throw broken();
      }
      places.add(place);
    }
    return new MessagePath(places, at[0] - from);
  }

  private static BadMessage broken() {
    return new BadMessage(
        ProblemCode.D101,
        "behind the number of the schema does not stand which of its messages follows");
  }

  /** Seven bits in a byte, the lowest first; the lowest of all is the sign. */
  private static int number(byte[] bytes, int[] at, int to) {
    long bits = 0;
    for (int i = 0; i < MOST_BYTES; i++) {
      if (at[0] >= to) {
        throw broken();
      }
      byte b = bytes[at[0]++];
      bits |= (b & 0x7fL) << 7 * i;
      if (b >= 0) {
        return (int) (bits >>> 1) ^ -(int) (bits & 1);
      }
    }
    throw broken();
  }

  /** Where a message is in its file, as it is written. */
  static byte[] of(Descriptor message) {
    List<Integer> places = new ArrayList<>();
    Descriptor at = message;
    while (at.getContainingType() != null) {
      places.add(0, counted(at.getContainingType().getNestedTypes()).indexOf(at));
      at = at.getContainingType();
    }
    places.add(0, counted(at.getFile().getMessageTypes()).indexOf(at));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (places.equals(List.of(0))) {
      bytes.write(0);
      return bytes.toByteArray();
    }
    append(places.size(), bytes);
    places.forEach(place -> append(place, bytes));
    return bytes.toByteArray();
  }

  private static void append(int number, ByteArrayOutputStream to) {
    int rest = number << 1 ^ number >> 31;
    while ((rest & ~0x7f) != 0) {
      to.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    to.write(rest);
  }

  /** The message of a file; empty where the file has no such place. */
  Optional<Descriptor> in(FileDescriptor file) {
    List<Descriptor> among = counted(file.getMessageTypes());
    Optional<Descriptor> found = Optional.empty();
    for (int place : places) {
      if (place >= among.size()) {
        return Optional.empty();
      }
      found = Optional.of(among.get(place));
      among = counted(among.get(place).getNestedTypes());
    }
    return found;
  }

  private static List<Descriptor> counted(List<Descriptor> types) {
    return types.stream().filter(type -> !type.getOptions().getMapEntry()).toList();
  }
}
