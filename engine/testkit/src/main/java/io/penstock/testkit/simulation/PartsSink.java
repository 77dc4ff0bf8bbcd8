package io.penstock.testkit.simulation;

import io.penstock.api.sink.Forcing;
import io.penstock.api.sink.Rejects;
import io.penstock.api.sink.Sink;
import io.penstock.api.sink.SinkConfig;
import io.penstock.api.sink.SinkContext;
import io.penstock.api.sink.SinkRows;
import io.penstock.api.sink.SinkTraits;
import io.penstock.api.sink.SinkUse;
import io.penstock.api.sink.SinkWriter;
import io.penstock.api.sink.Staged;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A staged sink that writes each epoch to a file of its own: first a temporary one, durable before
 * the decision, then renamed. Whoever reads the folder leaves out {@code .tmp} files.
 *
 * @param folder where the files lie
 * @param text how a row is written, without its line end
 */
public record PartsSink(Path folder, RowText text) implements SinkConfig {
  private static final String TEMPORARY = ".tmp";

  @Override
  public SinkTraits traits(SinkUse use) {
    return new SinkTraits(SinkTraits.Kind.STAGED, false, false);
  }

  @Override
  public boolean needsFormat() {
    return false;
  }

  @Override
  public Sink sink() {
    return new Parts();
  }

  private static String part(long epoch) {
    String digits = Long.toString(epoch);
    return "part-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  private static long checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private final class Parts implements Sink {
    private @Nullable Disk disk;

    private Disk disk() {
      return java.util.Objects.requireNonNull(disk);
    }

    @Override
    public void open(SinkContext run) throws IOException {
      disk = run.disk();
      disk().createDirectories(folder);
      for (Path up = folder.getParent(); up != null; up = up.getParent()) {
        disk().forceDirectory(up);
      }
    }

    @Override
    public OptionalLong lastEpoch() throws IOException {
      OptionalLong last = OptionalLong.empty();
      for (Disk.Entry entry : disk().list(folder)) {
        String name = String.valueOf(entry.path().getFileName());
        if (!name.endsWith(TEMPORARY)) {
          last = OptionalLong.of(Long.parseLong(name.substring("part-".length())));
        }
      }
      return last;
    }

    @Override
    public SinkWriter writer(int index) {
      return new PartWriter(disk());
    }

    @Override
    public Rejects commit(long epoch, long previous, List<Staged> staged) throws IOException {
      Path to = folder.resolve(part(epoch));
      for (Staged handle : staged) {
        Path temporary = folder.resolve(handle.kind());
        if (isThere(to, handle)) {
          continue;
        }
        if (!isThere(temporary, handle)) {
          throw new IOException("the rows of epoch " + epoch + " are lost");
        }
        disk().rename(temporary, to);
      }
      if (!staged.isEmpty()) {
        disk().forceDirectory(folder);
      }
      return Rejects.NONE;
    }

    private boolean isThere(Path path, Staged handle) throws IOException {
      if (disk().entry(path).isEmpty()) {
        return false;
      }
      byte[] bytes;
      try (Disk.Reading reading = disk().read(path)) {
        bytes = new byte[(int) reading.length()];
        int unused = reading.read(0, bytes, 0, bytes.length);
      }
      return Long.toString(checksum(bytes)).equals(handle.details().get("crc"));
    }

    @Override
    public void abort(long epoch, List<Staged> staged) throws IOException {
      for (Disk.Entry entry : disk().list(folder)) {
        if (entry.path().toString().endsWith(TEMPORARY)) {
          disk().delete(entry.path());
        }
      }
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private final class PartWriter implements SinkWriter {
    private final Disk disk;
    private int files;
    private Disk.@Nullable Writing file;
    private Forcing forcing = Forcing.NONE;
    private final CRC32C crc = new CRC32C();

    PartWriter(Disk disk) {
      this.disk = disk;
    }

    private String name() {
      return "t" + files + TEMPORARY;
    }

    @Override
    public Rejects write(SinkRows given) throws IOException {
      Disk.Writing writing = file;
      if (writing == null) {
        files++;
        crc.reset();
        writing = disk.create(folder.resolve(name()));
        file = writing;
      }
      StringBuilder lines = new StringBuilder();
      for (int row = 0; row < given.rows().size(); row++) {
        lines.append(text.of(given.rows(), row)).append('\n');
      }
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      crc.update(bytes);
      writing.write(bytes, 0, bytes.length);
      return Rejects.NONE;
    }

    @Override
    public List<Staged> prepare(long epoch) throws IOException {
      Disk.Writing writing = file;
      forcing = Forcing.NONE;
      if (writing == null) {
        return List.of();
      }
      file = null;
      forcing =
          () -> {
            try (writing) {
              writing.force();
            }
            disk.forceDirectory(folder);
          };
      return List.of(new Staged(name(), Map.of("crc", Long.toString(crc.getValue()))));
    }

    @Override
    public Forcing forcing() {
      return forcing;
    }

    @Override
    public void close() throws IOException {
      Disk.Writing writing = file;
      file = null;
      if (writing != null) {
        writing.close();
      }
    }
  }
}
