package io.penstock.connectors.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of messages as what they stand for. */
final class Values {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private Values() {}

  /** Whether a field's values may not fit in a signed number of 64 bits. */
  static boolean isUnsigned64(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.UINT64
        || field.getType() == FieldDescriptor.Type.FIXED64;
  }

  static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits);
    return bits < 0 ? value.add(TWO_TO_64) : value;
  }

  /** A whole number of at most 64 bits with a sign. */
  static long whole(FieldDescriptor field, Number value) {
    boolean unsigned32 =
        field.getType() == FieldDescriptor.Type.UINT32
            || field.getType() == FieldDescriptor.Type.FIXED32;
    return unsigned32 ? Integer.toUnsignedLong(value.intValue()) : value.longValue();
  }

  /** A number with a point; a float is widened by its bits. */
  static double decimal(Number value) {
    return value.doubleValue();
  }

  /** The name of a symbol; the number of one that the schema does not have. */
  static String symbol(EnumValueDescriptor value) {
    return value.getIndex() < 0 ? Integer.toString(value.getNumber()) : value.getName();
  }

  /** The values of a map by their keys as texts; of those with equal keys the last counts. */
  static Map<String, Object> entries(FieldDescriptor map, Object entries) {
    FieldDescriptor key = map.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = map.getMessageType().findFieldByNumber(2);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object entry : (List<?>) entries) {
      Message message = (Message) entry;
      values.put(key(key, message.getField(key)), message.getField(value));
    }
    return values;
  }

  private static String key(FieldDescriptor field, Object key) {
    if (key instanceof Number number) {
      return isUnsigned64(field)
          ? unsigned(number.longValue()).toString()
          : Long.toString(whole(field, number));
    }
    return key.toString();
  }
}
