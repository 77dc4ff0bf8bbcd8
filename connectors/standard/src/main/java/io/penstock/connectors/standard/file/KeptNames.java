package io.penstock.connectors.standard.file;

/** The names of the files of a run that keeps state. */
final class KeptNames {
  private static final String TEMP = ".tmp";

  private KeptNames() {}

  /** What the names of all parts of a run begin with. */
  static String part(String run) {
    return "part-" + run + "-";
  }

  /** The name of a part. */
  static String part(String run, long epoch, String number, String suffix) {
    return part(run) + epoch + "-" + number + suffix;
  }

  /** The name of a file while it is hidden. */
  static String hidden(String name) {
    return "." + name + TEMP;
  }

  /** The name of a file that is being written, before its epoch is known. */
  static String written(String run, String step, int index, int count) {
    return ".penstock-" + run + "-" + step + "-" + index + "-" + count + TEMP;
  }

  /** Whether a hidden file is this run's, of this epoch or later or of none. */
  static boolean isOrphan(String name, String run, long epoch) {
    if (!name.endsWith(TEMP)) {
      return false;
    }
    if (name.startsWith(".penstock-" + run + "-")) {
      return true;
    }
    String parts = "." + part(run);
    if (!name.startsWith(parts)) {
      return false;
    }
    int end = name.indexOf('-', parts.length());
    String number = end < 0 ? "" : name.substring(parts.length(), end);
    return number.matches("\\d{1,18}") && Long.parseLong(number) >= epoch;
  }
}
