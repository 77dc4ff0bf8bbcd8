package io.penstock.connectors.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.api.problem.ProblemCode;
import java.util.Locale;

/**
 * What Protobuf says of malformed bytes, in words of our own, which no version changes.
 *
 * @param code the code that goes with it
 */
record Complaint(ProblemCode code, String text) {
  static Complaint of(InvalidProtocolBufferException wrong) {
    String said = String.valueOf(wrong.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("utf-8")) {
      return new Complaint(ProblemCode.D102, "a text has malformed UTF-8");
    }
    if (said.contains("too many levels of nesting")) {
      return new Complaint(ProblemCode.D107, "its messages are nested deeper than 100");
    }
    return new Complaint(ProblemCode.D101, malformed(said));
  }

  private static String malformed(String said) {
    if (said.contains("ended unexpectedly") || said.contains("truncated")) {
      return "it is cut off";
    }
    if (said.contains("malformed varint")) {
      return "a number has more than 64 bits";
    }
    if (said.contains("negative size")) {
      return "a length is below zero";
    }
    if (said.contains("invalid tag")) {
      return "a field has the number 0";
    }
    if (said.contains("wire type")) {
      return "a field is of a kind that there is not";
    }
    return said.contains("end-group tag") ? "a group ends that has not begun" : "it is malformed";
  }
}
