package io.penstock.api.format;

import io.penstock.api.problem.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A file as parts that are decoded each by itself, for formats that say in a file where its parts
 * stand. Used by the reading thread, while the file is open.
 */
public interface FileParts {
  /** The parts that have rows, in the order of the file; none where it has no rows. */
  List<Part> all();

  /** Tells the file from another one: a checksum of what says where the parts stand. */
  int check();

  /**
   * The bytes of a part, which a decoder takes as a file. Only what is used of it is read.
   *
   * @throws IOException where the file cannot be read
   */
  byte[] bytes(Part part) throws IOException;

  /**
   * A part.
   *
   * @param number its number in the file, from 0; parts that need not be read are left out
   * @param firstRow how many rows of the file lie before it
   * @param end how many bytes of the file are through behind it, for progress; rising
   * @param wrong why it cannot be read at all
   */
  record Part(int number, long firstRow, long end, Optional<Wrong> wrong) {}

  /**
   * What is wrong with a part.
   *
   * @param code of family D1
   */
  record Wrong(ProblemCode code, String text) {}

  /** Finds the parts of files. Immutable, thread-safe. */
  @FunctionalInterface
  interface Finder {
    /** The parts of a file; one that is none of the format is a single part that is wrong. */
    FileParts of(Bytes file) throws IOException;
  }

  /** A file's bytes at any place. */
  interface Bytes {
    /** How many there are. */
    long length() throws IOException;

    /** Reads up to length bytes at a position; -1 at the end. */
    int read(long position, byte[] into, int offset, int length) throws IOException;
  }
}
