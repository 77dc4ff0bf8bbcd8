package io.penstock.dsl.language.text;

import java.io.IOException;

/** Reads the files that a pipeline file names. */
@FunctionalInterface
public interface NamedFiles {
  /**
   * The bytes of a file.
   *
   * @param path as written: relative to the folder of the pipeline file, or absolute
   * @throws IOException where it cannot be read; the message is shown to the user
   */
  byte[] read(String path) throws IOException;

  /**
   * Whether any user of the machine may read the file; false where it cannot be told.
   *
   * @param path as written
   */
  default boolean everybodyMayRead(String path) {
    return false;
  }

  /** There are no files. */
  static NamedFiles none() {
    return path -> {
      throw new IOException("no file may be read here");
    };
  }
}
