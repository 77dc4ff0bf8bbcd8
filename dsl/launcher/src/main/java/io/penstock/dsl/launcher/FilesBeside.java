package io.penstock.dsl.launcher;

import io.penstock.api.problem.PipelineException;
import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.dsl.language.text.NamedFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** The files that a pipeline file names, relative to its folder and inside the cage. */
final class FilesBeside implements NamedFiles {
  private final Disk disk;
  private final Files files;

  FilesBeside(Disk disk, Files files) {
    this.disk = disk;
    this.files = files;
  }

  @Override
  public byte[] read(String path) throws IOException {
    try {
      return PipelineFiles.bytes(disk, files.resolve(path));
    } catch (PipelineException e) {
      throw new IOException(e.problem().message(), e);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    }
  }

  @Override
  public boolean everybodyMayRead(String path) {
    try {
      return disk.everybodyMayRead(files.resolve(path));
    } catch (PipelineException | IOException e) {
      // That it cannot be read at all is told where it is read.
      return false;
    }
  }
}
