package io.penstock.connectors.parquet;

import io.penstock.api.system.Disk;
import io.penstock.api.system.Files;
import io.penstock.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;

/** A folder in memory. */
record Folder(MemoryDisk disk) implements Files {
  /** A file in place of what was there. */
  void put(String name, byte[] bytes) throws IOException {
    disk.createDirectories(root());
    try (Disk.Writing file = disk.create(resolve(name))) {
      file.write(bytes, 0, bytes.length);
      file.force();
    }
  }

  @Override
  public Path root() {
    return Path.of("/data");
  }

  @Override
  public Path resolve(String written) {
    return root().resolve(written).normalize();
  }

  @Override
  public String shown(Path path) {
    return root().relativize(path).toString();
  }
}
