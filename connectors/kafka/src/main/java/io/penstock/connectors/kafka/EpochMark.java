package io.penstock.connectors.kafka;

import io.penstock.api.problem.ProblemCode;
import io.penstock.api.sink.Rejects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a transaction leaves beside the rows of an epoch: the epoch's number and the rows that were
 * refused, so that a later process need not find out again. Rejects that are too long for one
 * record go into further ones of the same transaction.
 *
 * @param epoch the epoch
 * @param rejects of the epoch
 */
record EpochMark(long epoch, Rejects rejects) {
  /** Of a run that has delivered nothing. */
  static final EpochMark NONE = new EpochMark(0, Rejects.NONE);

  private static final String VERSION = "1";
  private static final int MOST_CHARACTERS = 200_000;
  private static final int LONGEST_MESSAGE = 500;

  /**
   * The texts of the records by their keys: first the further ones, in the end the one that counts.
   */
  List<Map.Entry<String, String>> records(String key) {
    List<String> pieces = pieces();
    List<Map.Entry<String, String>> records = new ArrayList<>();
    for (int i = 1; i < pieces.size(); i++) {
      records.add(Map.entry(key + "#" + i, epoch + "\n" + pieces.get(i)));
    }
    String head = VERSION + " " + epoch + " " + pieces.size() + "\n";
    records.add(Map.entry(key, head + pieces.get(0)));
    return records;
  }

  private List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (Rejects.Reject reject : rejects.rows()) {
      String message = reject.message().replace('\n', ' ');
      String cut =
          message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
      piece.append(reject.row()).append(' ').append(reject.code()).append(' ');
      piece.append(cut).append('\n');
      if (piece.length() > MOST_CHARACTERS) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  /**
   * The mark that records of a topic tell of; empty where there is none.
   *
   * @param texts the last record of each key
   */
  static Optional<EpochMark> of(String key, Map<String, byte[]> texts) {
    byte[] last = texts.get(key);
    if (last == null) {
      return Optional.empty();
    }
    String text = new String(last, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String[] head = text.substring(0, Math.max(0, end)).split(" ", -1);
    if (head.length != 3 || !head[0].equals(VERSION)) {
      throw new IllegalArgumentException("`" + text.lines().findFirst().orElse("") + "`");
    }
    long epoch = Long.parseLong(head[1]);
    StringBuilder all = new StringBuilder(text.substring(end + 1));
    for (int i = 1; i < Integer.parseInt(head[2]); i++) {
      all.append(piece(key + "#" + i, epoch, texts));
    }
    return Optional.of(
        new EpochMark(epoch, new Rejects(all.toString().lines().map(EpochMark::reject).toList())));
  }

  private static String piece(String key, long epoch, Map<String, byte[]> texts) {
    String text = new String(texts.getOrDefault(key, new byte[0]), StandardCharsets.UTF_8);
    String head = epoch + "\n";
    if (!text.startsWith(head)) {
      throw new IllegalArgumentException("`" + key + "` does not belong to epoch " + epoch);
    }
    return text.substring(head.length());
  }

  private static Rejects.Reject reject(String line) {
    String[] words = line.split(" ", 3);
    return new Rejects.Reject(Integer.parseInt(words[0]), ProblemCode.valueOf(words[1]), words[2]);
  }
}
