package io.penstock.core.run;

import io.penstock.api.sink.SinkConfig;
import io.penstock.api.source.SourceConfig;
import io.penstock.api.system.Disk;
import io.penstock.testkit.simulation.Journal;
import io.penstock.testkit.simulation.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Ways to get the protocol wrong, each by one thing that is left out or put elsewhere. */
enum KnownBad implements Variant, TamperedDisk.Tampering {
  OUTPUT_IS_NOT_FORCED {
    @Override
    public void force(Path path, Disk.Writing file) throws IOException {
      if (!path.startsWith(OUTPUT)) {
        file.force();
      }
    }
  },
  OUTPUT_FOLDER_IS_NOT_FORCED {
    @Override
    public void forceDirectory(Path path, Disk disk) throws IOException {
      if (!path.equals(OUTPUT)) {
        disk.forceDirectory(path);
      }
    }
  },
  OUTPUT_IS_FORCED_AFTER_THE_DECISION {
    @Override
    public SinkConfig sink(SinkConfig sink) {
      return new TamperedSink(sink, TamperedSink.Wrong.FORCES_LATE);
    }
  },
  CHECKPOINT_IS_NOT_FORCED {
    @Override
    public void force(Path path, Disk.Writing file) throws IOException {
      if (!path.startsWith(CHECKPOINTS)) {
        file.force();
      }
    }
  },
  CHECKPOINT_FOLDER_IS_NOT_FORCED {
    @Override
    public void forceDirectory(Path path, Disk disk) throws IOException {
      if (!path.equals(CHECKPOINTS)) {
        disk.forceDirectory(path);
      }
    }
  },
  OUTPUT_IS_SEEN_BEFORE_THE_DECISION {
    @Override
    public SinkConfig sink(SinkConfig sink) {
      return new TamperedSink(sink, TamperedSink.Wrong.EARLY);
    }
  },
  OLD_CHECKPOINT_GOES_FIRST {
    @Override
    public void creating(Path path, Disk disk) throws IOException {
      if (isCheckpoint(path, ".c-")) {
        for (Disk.Entry entry : disk.list(CHECKPOINTS)) {
          if (isCheckpoint(entry.path(), "c-")) {
            disk.delete(entry.path());
          }
        }
      }
    }
  },
  NO_CHECKSUM {
    @Override
    public byte[] read(Path path, byte[] bytes) {
      return isCheckpoint(path, "c-") ? healed(bytes) : bytes;
    }
  },
  NO_ROLL_FORWARD {
    @Override
    public SinkConfig sink(SinkConfig sink) {
      return new TamperedSink(sink, TamperedSink.Wrong.FORGETS);
    }
  },
  POSITION_IN_ANOTHER_FILE {
    @Override
    public SourceConfig source(SourceConfig source, Journal journal) {
      return new SelfKeptSource(source, journal, OUTPUT.resolveSibling("positions"));
    }
  },
  SILENT_FALLBACK {
    @Override
    public boolean lists(Path path, Disk disk) throws IOException {
      if (!isCheckpoint(path, "c-")) {
        return true;
      }
      byte[] bytes = TamperedDisk.bytes(disk, path);
      return java.util.Arrays.equals(bytes, healed(bytes));
    }
  },
  FORCE_IS_TRIED_AGAIN {
    @Override
    public void force(Path path, Disk.Writing file) throws IOException {
      try {
        file.force();
      } catch (IOException e) {
        file.force();
      }
    }
  },
  SHORT_WRITE_IS_IGNORED {
    @Override
    public void begin(World world) {
      world.disk().forgetRests();
    }
  };

  private static final Path OUTPUT = Topology.folder("parts");
  private static final Path CHECKPOINTS = Path.of("/srv/.penstock/test/ck");
  private static final int HEADER = 28;
  private static final int TRAILER = 12;

  @Override
  public Disk disk(Disk disk) {
    return new TamperedDisk(disk, this);
  }

  private static boolean isCheckpoint(Path path, String prefix) {
    return path.startsWith(CHECKPOINTS) && String.valueOf(path.getFileName()).startsWith(prefix);
  }

  /** With checksums that fit, whatever the bytes are. */
  private static byte[] healed(byte[] bytes) {
    if (bytes.length < HEADER + TRAILER) {
      return bytes;
    }
    ByteBuffer all = ByteBuffer.wrap(bytes.clone());
    all.putInt(HEADER - 4, checksum(bytes, 0, HEADER - 4));
    int body = bytes.length - HEADER - TRAILER;
    all.putInt(HEADER + body, checksum(bytes, HEADER, body));
    return all.array();
  }

  private static int checksum(byte[] bytes, int offset, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, count);
    return (int) crc.getValue();
  }
}
