package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.penstock.api.data.Times;
import io.penstock.api.problem.ProblemCode;
import java.util.Set;

/** The messages that stand for values of other types. */
enum WellKnown {
  NONE,
  TIMESTAMP,
  DURATION,
  /** A value that may be missing, in a message of one field. */
  WRAPPER,
  STRUCT,
  VALUE,
  LIST,
  /** A message without fields. */
  EMPTY;

  private static final Set<String> WRAPPERS =
      Set.of(
          "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.BoolValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue");
  private static final int NANOS = 1000;

  static WellKnown of(Descriptor message) {
    String name = message.getFullName();
    if (WRAPPERS.contains(name)) {
      return WRAPPER;
    }
    return switch (name) {
      case "google.protobuf.Timestamp" -> TIMESTAMP;
      case "google.protobuf.Duration" -> DURATION;
      case "google.protobuf.Struct" -> STRUCT;
      case "google.protobuf.Value" -> VALUE;
      case "google.protobuf.ListValue" -> LIST;
      default -> message.getFields().isEmpty() ? EMPTY : NONE;
    };
  }

  /** What a field's message stands for; none for fields that are no messages. */
  static WellKnown of(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? of(field.getMessageType())
        : NONE;
  }

  /** The value in a wrapper. */
  static FieldDescriptor wrapped(Descriptor wrapper) {
    return wrapper.findFieldByNumber(1);
  }

  /**
   * The microseconds of a timestamp or a duration; finer parts are cut, as everywhere.
   *
   * @param path of the value, for messages
   */
  static long micros(Message message, String path) {
    Descriptor type = message.getDescriptorForType();
    long seconds = (Long) message.getField(type.findFieldByNumber(1));
    int nanos = (Integer) message.getField(type.findFieldByNumber(2));
    try {
      return Math.addExact(
          Math.multiplyExact(seconds, Times.MICROS_PER_SECOND),
          of(type) == TIMESTAMP ? Math.floorDiv(nanos, NANOS) : nanos / NANOS);
    } catch (ArithmeticException outside) {
      throw new BadMessage(
          ProblemCode.D104, "`" + path + "` is no time that there is: `" + seconds + "` s");
    }
  }
}
