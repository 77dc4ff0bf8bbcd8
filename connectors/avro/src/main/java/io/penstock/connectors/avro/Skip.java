package io.penstock.connectors.avro;

import org.apache.avro.Schema;

/** Passes over values that nobody wants. */
final class Skip {
  private Skip() {}

  static void value(Schema schema, Cursor in) {
    switch (schema.getType()) {
      case NULL -> {
        // It has no bytes.
      }
      case BOOLEAN -> {
        boolean unused = in.readBoolean();
      }
      case INT -> {
        int unused = in.readInt();
      }
      case LONG -> {
        long unused = in.readLong();
      }
      case FLOAT -> {
        int unused = in.take(Float.BYTES);
      }
      case DOUBLE -> {
        int unused = in.take(Double.BYTES);
      }
      case STRING, BYTES -> {
        int unused = in.take(in.readLength());
      }
      case FIXED -> {
        int unused = in.take(schema.getFixedSize());
      }
      case ENUM -> {
        int unused = in.readIndex(schema.getEnumSymbols().size(), "the symbol");
      }
      case UNION -> {
        int branch = in.readIndex(schema.getTypes().size(), "the branch");
        value(schema.getTypes().get(branch), in);
      }
      case ARRAY -> {
        for (long left = in.readCount(); left != 0; left = in.readCount()) {
          for (long i = 0; i < left; i++) {
            value(schema.getElementType(), in);
          }
        }
      }
      case MAP -> {
        for (long left = in.readCount(); left != 0; left = in.readCount()) {
          for (long i = 0; i < left; i++) {
            int unusedKey = in.take(in.readLength());
            value(schema.getValueType(), in);
          }
        }
      }
      case RECORD -> {
        in.enter();
        for (Schema.Field field : schema.getFields()) {
          value(field.schema(), in);
        }
        in.leave();
      }
    }
  }
}
