package io.penstock.api.problem;

/**
 * A place in a text that a user wrote. Every node of every plan keeps the origin it came from.
 *
 * @param file the file's name as the user gave it, never empty
 * @param line 1 for the first line; 0 where the whole file is meant
 * @param column 1 for the first character (code point) of the line; 0 where the whole line is meant
 * @param length how many characters are meant, at least 1
 */
public record Origin(String file, int line, int column, int length) implements Comparable<Origin> {
  /** A whole file. */
  public static Origin file(String file) {
    return new Origin(file, 0, 0, 1);
  }

  /** One character. */
  public static Origin at(String file, int line, int column) {
    return new Origin(file, line, column, 1);
  }

  /** The same place with another length. */
  public Origin length(int characters) {
    return new Origin(file, line, column, Math.max(1, characters));
  }

  @Override
  public int compareTo(Origin other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
