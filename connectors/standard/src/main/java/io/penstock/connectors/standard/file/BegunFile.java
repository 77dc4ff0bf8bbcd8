package io.penstock.connectors.standard.file;

import io.penstock.api.source.Out;
import java.io.IOException;

/** A file that is being read. Used by one thread. */
sealed interface BegunFile extends AutoCloseable permits OpenFile, PartedFile {
  /** Hands on one block of about so many bytes, or what is wrong; false when there is none. */
  boolean next(Out out, int bytes) throws IOException;

  /** Whether nothing more is handed on. */
  boolean ended();

  /** How many bytes were taken from the disk so far, or lie before where reading began. */
  long consumed();

  /** How many bytes were read once more to come to where reading began. */
  long passedOver();

  /** The place of the next record. */
  FileMark mark();

  @Override
  void close() throws IOException;
}
