package io.penstock.core.expression.closure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Choices: only what is taken is evaluated. */
final class ChoiceCodes {
  private ChoiceCodes() {}

  static Code choice(Code.OfTruth condition, Code then, Code otherwise) {
    if (then instanceof Code.OfLong a && otherwise instanceof Code.OfLong b) {
      Code.OfLong code = frame -> (holds(condition, frame) ? a : b).number(frame);
      return code;
    }
    if (then instanceof Code.OfDouble a && otherwise instanceof Code.OfDouble b) {
      Code.OfDouble code = frame -> (holds(condition, frame) ? a : b).number(frame);
      return code;
    }
    if (then instanceof Code.OfTruth a && otherwise instanceof Code.OfTruth b) {
      Code.OfTruth code = frame -> (holds(condition, frame) ? a : b).truth(frame);
      return code;
    }
    if (then instanceof Code.Written a && otherwise instanceof Code.Written b) {
      return new TextCodes.Chosen(condition, a, b);
    }
    return frame -> (holds(condition, frame) ? then : otherwise).value(frame);
  }

  private static boolean holds(Code.OfTruth condition, Frame frame) {
    boolean holds = condition.truth(frame);
    return !frame.takeMissing() && holds;
  }

  static Code coalesce(List<Code> codes) {
    if (codes.stream().allMatch(Code.OfLong.class::isInstance)) {
      return longs(codes.toArray(Code.OfLong[]::new));
    }
    if (codes.stream().allMatch(Code.OfDouble.class::isInstance)) {
      return doubles(codes.toArray(Code.OfDouble[]::new));
    }
    if (codes.stream().allMatch(Code.OfTruth.class::isInstance)) {
      return truths(codes.toArray(Code.OfTruth[]::new));
    }
    Code[] all = codes.toArray(Code[]::new);
    return frame -> first(all, frame);
  }

  private static @Nullable Object first(Code[] codes, Frame frame) {
    for (Code code : codes) {
      Object value = code.value(frame);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static Code longs(Code.OfLong[] codes) {
    Code.OfLong code =
        frame -> {
          for (Code.OfLong one : codes) {
            frame.missing = false;
            long value = one.number(frame);
            if (!frame.missing) {
              return value;
            }
          }
          return 0;
        };
    return code;
  }

  private static Code doubles(Code.OfDouble[] codes) {
    Code.OfDouble code =
        frame -> {
          for (Code.OfDouble one : codes) {
            frame.missing = false;
            double value = one.number(frame);
            if (!frame.missing) {
              return value;
            }
          }
          return 0;
        };
    return code;
  }

  private static Code truths(Code.OfTruth[] codes) {
    Code.OfTruth code =
        frame -> {
          for (Code.OfTruth one : codes) {
            frame.missing = false;
            boolean value = one.truth(frame);
            if (!frame.missing) {
              return value;
            }
          }
          return false;
        };
    return code;
  }

  static Code attempt(Code body, @Nullable Code otherwise) {
    return frame -> {
      try {
        return body.value(frame);
      } catch (RowFailure failed) {
        frame.missing = false;
        frame.wide = false;
        return otherwise == null ? null : otherwise.value(frame);
      }
    };
  }
}
