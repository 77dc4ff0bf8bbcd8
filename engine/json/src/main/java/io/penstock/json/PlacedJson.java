package io.penstock.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value that knows where it stands, for files that people write. Numbers and booleans have
 * their spelling as text, other kinds but texts have none.
 *
 * @param members of an object, in the order of the file
 * @param elements of a list
 */
public record PlacedJson(
    Json.Kind kind,
    Place place,
    String text,
    Map<String, PlacedJson> members,
    List<PlacedJson> elements) {
  public PlacedJson {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    elements = List.copyOf(elements);
  }

  /** A line and a column of a text in UTF-8, from 1; columns count characters. */
  public record Place(int line, int column) implements Comparable<Place> {
    /** The place of a byte. */
    public static Place of(byte[] utf8, long offset) {
      return new Counting(utf8).of((int) Math.min(offset, utf8.length));
    }

    @Override
    public int compareTo(Place other) {
      return line == other.line
          ? Integer.compare(column, other.column)
          : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /**
   * Reads UTF-8 that is one JSON value, perhaps behind a byte order mark.
   *
   * @throws JsonProblem where it is not; a name twice in one object is a problem too
   */
  public static PlacedJson parse(byte[] utf8) {
    return new Reading(utf8).whole();
  }

  /** The value of a member; empty where this is no object or has no such member. */
  public Optional<PlacedJson> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** The text of a text; empty for other kinds. */
  public Optional<String> asText() {
    return kind == Json.Kind.TEXT ? Optional.of(text) : Optional.empty();
  }

  /** Whether it is {@code true} or {@code false}; empty for other kinds. */
  public Optional<Boolean> asBoolean() {
    return kind == Json.Kind.BOOLEAN ? Optional.of(text.equals("true")) : Optional.empty();
  }

  /** Places of a text, asked for from its beginning on. Single-threaded. */
  private static final class Counting {
    private final byte[] utf8;
    private int at;
    private int line = 1;
    private int column = 1;

    Counting(byte[] utf8) {
      this.utf8 = utf8;
      this.at = mark(utf8);
    }

    Place of(int offset) {
      for (; at < offset; at++) {
        boolean carriage = utf8[at] == '\r' && (at + 1 >= utf8.length || utf8[at + 1] != '\n');
        if (utf8[at] == '\n' || carriage) {
          line++;
          column = 1;
        } else if ((utf8[at] & 0xc0) != 0x80) {
          column++;
        }
      }
      return new Place(line, column);
    }

    /** The length of the byte order mark. */
    static int mark(byte[] utf8) {
      boolean marked =
          utf8.length >= 3
              && (utf8[0] & 0xff) == 0xef
              && (utf8[1] & 0xff) == 0xbb
              && (utf8[2] & 0xff) == 0xbf;
      return marked ? 3 : 0;
    }
  }

  /** One text being read. */
  private static final class Reading {
    private final JsonScanner scanner = new JsonScanner();
    private final byte[] utf8;
    private final Counting places;

    Reading(byte[] utf8) {
      this.utf8 = utf8;
      this.places = new Counting(utf8);
    }

    PlacedJson whole() {
      int mark = Counting.mark(utf8);
      scanner.reset(utf8, 0, utf8.length);
      scanner.position(mark);
      PlacedJson value = value();
      scanner.end();
      return value;
    }

    private PlacedJson value() {
      Json.Kind kind = scanner.kind();
      Place place = places.of(scanner.position());
      return switch (kind) {
        case NULL -> {
          scanner.takeNull();
          yield scalar(kind, place, "null");
        }
        case BOOLEAN -> scalar(kind, place, String.valueOf(scanner.takeBoolean()));
        case NUMBER -> {
          scanner.takeNumber();
          yield scalar(kind, place, scanner.sliceText());
        }
        case TEXT -> {
          scanner.takeText();
          yield scalar(kind, place, scanner.sliceText());
        }
        case LIST -> {
          List<PlacedJson> elements = new ArrayList<>();
          scanner.beginList();
          while (scanner.nextElement()) {
            elements.add(value());
          }
          yield new PlacedJson(kind, place, "", Map.of(), elements);
        }
        case OBJECT -> {
          Map<String, PlacedJson> members = new LinkedHashMap<>();
          scanner.beginObject();
          while (scanner.nextName()) {
            String name = scanner.sliceText();
            if (members.containsKey(name)) {
              throw scanner.repeated();
            }
            members.put(name, value());
          }
          yield new PlacedJson(kind, place, "", members, List.of());
        }
      };
    }

    private static PlacedJson scalar(Json.Kind kind, Place place, String text) {
      return new PlacedJson(kind, place, text, Map.of(), List.of());
    }
  }
}
