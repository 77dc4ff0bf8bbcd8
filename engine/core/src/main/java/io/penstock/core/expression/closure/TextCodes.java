package io.penstock.core.expression.closure;

import com.google.re2j.Pattern;
import io.penstock.api.data.BytesBuilder;
import io.penstock.api.data.Column;
import io.penstock.api.data.DataType;
import io.penstock.api.data.Times;
import io.penstock.core.expression.EvaluationException;
import io.penstock.core.expression.Values;
import io.penstock.core.expression.function.RegexText;
import io.penstock.core.expression.typed.Typed;
import io.penstock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joining and matching of text. */
final class TextCodes {
  private TextCodes() {}

  static Code.Written constant(String text) {
    return new Fixed(text, text.getBytes(StandardCharsets.UTF_8));
  }

  private record Fixed(String text, byte[] bytes) implements Code.Written {
    @Override
    public Object value(Frame frame) {
      return text;
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      to.append(bytes, 0, bytes.length);
      return true;
    }
  }

  /** A value of any type as canonical text. */
  static Code.Written written(Code code, DataType type) {
    if (code instanceof Code.Written written && type.equals(DataType.STRING)) {
      return written;
    }
    if (code instanceof Code.OfLong number) {
      return new WrittenLong(number, type);
    }
    return new WrittenValue(code, type);
  }

  private record WrittenLong(OfLong number, DataType type) implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      long value = number.number(frame);
      return frame.takeMissing() ? null : Values.toText(type, value);
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      long value = number.number(frame);
      if (frame.takeMissing()) {
        return false;
      }
      if (type.equals(DataType.INT)) {
        digits(value, to);
      } else if (type.equals(DataType.TIMESTAMP)) {
        Times.appendTimestamp(to, value);
      } else if (type.equals(DataType.DATE)) {
        Times.appendDate(to, value);
      } else {
        Times.appendDuration(to, value);
      }
      return true;
    }

    private static void digits(long value, BytesBuilder to) {
      if (value < 0) {
        to.append(Long.toString(value));
        return;
      }
      long ten = 1;
      while (value / ten >= 10) {
        ten *= 10;
      }
      for (long rest = value; ten > 0; ten /= 10) {
        to.append((byte) ('0' + rest / ten));
        rest %= ten;
      }
    }
  }

  private record WrittenValue(Code code, DataType type) implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      Object value = code.value(frame);
      return value == null ? null : Values.toText(type, value);
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      Object value = code.value(frame);
      if (value == null) {
        return false;
      }
      to.append(Values.toText(type, value));
      return true;
    }
  }

  static Code.Written join(List<Code.Written> parts) {
    return new Joined(parts.toArray(Code.Written[]::new));
  }

  private record Joined(Written[] parts) implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      StringBuilder joined = new StringBuilder();
      for (Written part : parts) {
        Object text = part.value(frame);
        if (text == null) {
          return null;
        }
        joined.append((String) text);
      }
      return joined.toString();
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      for (Written part : parts) {
        if (!part.append(frame, to)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A choice between texts. */
  record Chosen(OfTruth condition, Written then, Written otherwise) implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      return branch(frame).value(frame);
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      return branch(frame).append(frame, to);
    }

    private Written branch(Frame frame) {
      boolean holds = condition.truth(frame);
      return !frame.takeMissing() && holds ? then : otherwise;
    }
  }

  /** No text at all. */
  record Nothing() implements Code.Written {
    @Override
    public @Nullable Object value(Frame frame) {
      return null;
    }

    @Override
    public boolean append(Frame frame, BytesBuilder to) {
      return false;
    }
  }

  static Code.OfTruth matching(Typed.Matching node, Code value, Code pattern) {
    boolean constant = node.pattern() instanceof Typed.Constant fixed && fixed.value().isPresent();
    String wanted =
        constant ? (String) ((Typed.Constant) node.pattern()).value().orElseThrow() : "";
    boolean column = value instanceof ColumnCodes.TextColumn;
    return switch (node.kind()) {
      case FINDS ->
          constant ? finds(Pattern.compile(wanted), value) : findsAny(node, value, pattern);
      case STARTS ->
          constant && column
              ? edge((ColumnCodes.TextColumn) value, wanted, true)
              : compared(value, pattern, true);
      case ENDS ->
          constant && column
              ? edge((ColumnCodes.TextColumn) value, wanted, false)
              : compared(value, pattern, false);
    };
  }

  private static Code.OfTruth finds(Pattern pattern, Code value) {
    if (value instanceof ColumnCodes.TextColumn column) {
      int index = column.index();
      return frame -> {
        Column.Bytes texts = (Column.Bytes) frame.columns[index];
        if (texts.isNull(frame.row)) {
          frame.missing = true;
          return false;
        }
        int from = texts.from(frame.row);
        int to = texts.to(frame.row);
        return pattern.matcher(Arrays.copyOfRange(texts.bytes(), from, to)).find();
      };
    }
    return frame -> {
      Object text = value.value(frame);
      frame.missing = text == null;
      String read = text(text);
      return read != null && pattern.matcher(read).find();
    };
  }

  private static Code.OfTruth findsAny(Typed.Matching node, Code value, Code pattern) {
    PatternMemory memory = new PatternMemory(node);
    return frame -> {
      Object text = value.value(frame);
      Object wanted = text == null ? null : pattern.value(frame);
      if (text == null || wanted == null) {
        frame.missing = true;
        return false;
      }
      String read = text(text);
      return read != null && memory.of((String) wanted).matcher(read).find();
    };
  }

  /** The last pattern made from data. */
  private static final class PatternMemory {
    private final Typed node;
    private String written = "";
    private Pattern pattern = Pattern.compile("");

    PatternMemory(Typed node) {
      this.node = node;
    }

    Pattern of(String wanted) {
      if (!wanted.equals(written)) {
        try {
          pattern = RegexText.compile(wanted);
          written = wanted;
        } catch (EvaluationException wrong) {
          throw new RowFailure(wrong.code(), node, wrong.text());
        }
      }
      return pattern;
    }
  }

  /** The text of a text or a json text; null for other json. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof Json json) {
      return json.asText().orElse(null);
    }
    return (String) value;
  }

  private static Code.OfTruth compared(Code value, Code part, boolean start) {
    return frame -> {
      Object text = value.value(frame);
      Object wanted = text == null ? null : part.value(frame);
      if (text == null || wanted == null) {
        frame.missing = true;
        return false;
      }
      String read = text(text);
      String edge = (String) wanted;
      return read != null && (start ? read.startsWith(edge) : read.endsWith(edge));
    };
  }

  private static Code.OfTruth edge(ColumnCodes.TextColumn column, String wanted, boolean start) {
    byte[] edge = wanted.getBytes(StandardCharsets.UTF_8);
    int index = column.index();
    return frame -> {
      Column.Bytes texts = (Column.Bytes) frame.columns[index];
      if (texts.isNull(frame.row)) {
        frame.missing = true;
        return false;
      }
      int from = texts.from(frame.row);
      int to = texts.to(frame.row);
      if (to - from < edge.length) {
        return false;
      }
      int at = start ? from : to - edge.length;
      return Arrays.equals(texts.bytes(), at, at + edge.length, edge, 0, edge.length);
    };
  }
}
