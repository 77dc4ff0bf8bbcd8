package io.penstock.connectors.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.api.data.ColumnBuilder;
import io.penstock.api.format.Block;
import io.penstock.api.format.Decoder;
import io.penstock.api.format.Format;
import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages: one that is all bytes, or those of a file, each behind its length. A message's
 * line is its number in the file.
 */
final class MessageDecoder implements Decoder {
  private final ProtobufConfig.Layout layout;
  private final Format.Decoding decoding;
  private final MessageSource types;
  private final ColumnBuilder[] columns;
  private final Map<Descriptor, MessageReader> readers = new HashMap<>();

  // Where the last call stopped, so that the next one knows its line.
  private @Nullable Block lastBlock;
  private int lastStop;
  private int lastLine;

  MessageDecoder(ProtobufConfig.Layout layout, Format.Decoding decoding, MessageSource types) {
    this.layout = layout;
    this.decoding = decoding;
    this.types = types;
    this.columns = new ColumnBuilder[decoding.schema().columns()];
  }

  @Override
  public int decode(Block block, int from, Rows out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    byte[] bytes = block.bytes();
    if (layout == ProtobufConfig.Layout.SINGLE) {
      message(bytes, from, from, block.to(), 0, out);
      return block.to();
    }
    int line = block == lastBlock && from == lastStop ? lastLine : passed(block, from);
    int at = from;
    while (at < block.to() && !out.full()) {
      int length = Lengths.read(bytes, at, block.to());
      int begin = length < 0 ? at : at + Lengths.sizeAt(bytes, at);
      if (length < 0 || length > block.to() - begin) {
        out.bad(at, block.to(), line, ProblemCode.D101, lost(length, block.to() - begin));
        at = block.to();
      } else {
        message(bytes, at, begin, begin + length, line, out);
        at = begin + length;
      }
      line++;
    }
    if (at >= block.to()) {
      out.lines(line);
    }
    lastBlock = block;
    lastStop = at;
    lastLine = line;
    return at;
  }

  /** How many messages of a block stand before a place. */
  private static int passed(Block block, int place) {
    int count = 0;
    int at = block.from();
    while (at < place) {
      int length = Lengths.read(block.bytes(), at, block.to());
      at = length < 0 ? place : at + Lengths.sizeAt(block.bytes(), at) + length;
      count++;
    }
    return count;
  }

  private static String lost(int length, int left) {
    if (length == Lengths.BROKEN) {
      return "before a message stands no length; the rest of the file is lost";
    }
    return length == Lengths.CUT_OFF
        ? "the file ends within the length of a message"
        : "a message says that it has " + length + " bytes, and the file has " + left + " more";
  }

  /** Decodes a message; what stands before it from {@code start} on is its length. */
  private void message(byte[] bytes, int start, int from, int to, int line, Rows out) {
    try {
      if (to - from > decoding.maxRecord()) {
        throw new BadMessage(
            ProblemCode.D107,
            "the message is longer than "
                + decoding.maxRecord()
                + " bytes, the limit of `max_record`");
      }
      MessageSource.Found found = types.of(bytes, from, to);
      reader(found.type()).read(parsed(found.type(), bytes, found.from(), to), i -> columns[i]);
      out.endRow(start, line);
    } catch (BadMessage wrong) {
      out.bad(start, to, line, wrong.code(), wrong.text());
    }
  }

  private MessageReader reader(Descriptor type) {
    MessageReader known = readers.get(type);
    if (known == null) {
      known = MessageReader.of(type, decoding);
      readers.put(type, known);
    }
    return known;
  }

  private static DynamicMessage parsed(Descriptor type, byte[] bytes, int from, int to) {
    CodedInputStream in = CodedInputStream.newInstance(bytes, from, to - from);
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    try {
      builder.mergeFrom(in);
      in.checkLastTagWas(0);
    } catch (InvalidProtocolBufferException wrong) {
      Complaint complaint = Complaint.of(wrong);
      throw new BadMessage(
          complaint.code(),
          "this is no message `"
              + type.getFullName()
              + "`: "
              + complaint.text()
              + ", at byte "
              + in.getTotalBytesRead()
              + " of the record");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
    if (!builder.isInitialized()) {
      throw new BadMessage(
          ProblemCode.D103,
          "`" + builder.getInitializationErrorString() + "` is missing, which the message wants");
    }
    return builder.buildPartial();
  }
}
