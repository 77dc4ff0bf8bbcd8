package io.penstock.testkit.simulation;

import io.penstock.api.system.Clock;
import io.penstock.api.system.Disk;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disk that forgets, as disks may when the power goes: bytes that were not forced, and names
 * whose directory was not. Each change is a step of the {@link Power}, which may end there. Used by
 * one thread.
 */
public final class SimulatedDisk implements Disk {
  /** Which changes of names survive that were not made durable. */
  public enum Names {
    /** Any of them, in no order. */
    WEAK,
    /** The first so many of each directory, as with a journal. */
    ORDERED
  }

  // Whoever tries every five seconds finds room within two minutes.
  private static final int MOST_FULL = 16;

  private final Power power;
  private final Clock clock;
  private final Names names;
  private final Set<Path> locks = new HashSet<>();
  private final SimulatedDirectory root = new SimulatedDirectory(0);
  // Where directories were found by their path; empty whenever one may have gone.
  private final Map<Path, SimulatedDirectory> found = new HashMap<>();
  private long nodes = 1;
  private long version;
  private int noRoom;
  private boolean forgetful;

  /** An empty disk. */
  public SimulatedDisk(Power power, Clock clock, Names names) {
    this.power = power;
    this.clock = clock;
    this.names = names;
  }

  /** From now on the rest of a short write is forgotten, as by a writer that does not look. */
  public void forgetRests() {
    forgetful = true;
  }

  /** Moves on with each change that others can see. */
  public long version() {
    return version;
  }

  /** The bytes of a file as another process sees them; empty if there is none. */
  public Optional<byte[]> seen(Path path) {
    return node(path) instanceof SimulatedFile file ? Optional.of(file.bytes()) : Optional.empty();
  }

  /**
   * Another one after each change of what is seen at a path: of the bytes of a file, also by taking
   * its place, or of a directory's names or the bytes of its files. Zero where there is nothing.
   */
  public long version(Path path) {
    SimulatedNode node = node(path);
    return node == null ? 0 : (node.number() << 32) + node.changes();
  }

  /** The names in a directory as another process sees them, in order. */
  public List<String> seenNames(Path directory) {
    return node(directory) instanceof SimulatedDirectory found
        ? List.copyOf(found.names().keySet())
        : List.of();
  }

  /** Puts a durable file there, which is no step of anybody. */
  public void put(Path path, byte[] bytes) {
    SimulatedDirectory directory = makeDirectories(path.resolveSibling(""));
    SimulatedFile file = new SimulatedFile(nodes++);
    file.write(bytes, 0, bytes.length, clock.micros());
    file.force();
    directory.link(name(path), file);
    for (Path up = path.getParent(); up != null; up = up.getParent()) {
      if (node(up) instanceof SimulatedDirectory above) {
        above.force();
      }
    }
    version++;
  }

  /** The process has ended, however; what it has written is still seen. */
  public void processEnds() {
    locks.clear();
    noRoom = 0;
  }

  /** The power is gone and back. */
  public void powerLoss(Random chance) {
    processEnds();
    List<SimulatedDirectory> directories = new ArrayList<>();
    List<SimulatedFile> files = new ArrayList<>();
    collect(root, directories, files, new HashSet<>());
    for (SimulatedDirectory directory : directories) {
      directory.lose(chance, names == Names.ORDERED);
    }
    directories.forEach(SimulatedDirectory::seeDurable);
    found.clear();
    for (SimulatedFile file : files) {
      file.lose(chance);
    }
    version++;
  }

  /** Turns a bit of a file where it lies. */
  public void flip(Path path, int bit) {
    if (node(path) instanceof SimulatedFile file) {
      file.flip(bit);
      version++;
    }
  }

  // What was unlinked without being durable may come back, so both kinds of names are followed.
  private static void collect(
      SimulatedDirectory directory,
      List<SimulatedDirectory> directories,
      List<SimulatedFile> files,
      Set<Long> known) {
    directories.add(directory);
    for (SimulatedNode node : directory.allNodes()) {
      if (known.add(node.number())) {
        if (node instanceof SimulatedFile file) {
          files.add(file);
        } else if (node instanceof SimulatedDirectory below) {
          collect(below, directories, files, known);
        }
      }
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private @Nullable SimulatedNode node(Path path) {
    Path above = path.getParent();
    if (above == null) {
      return search(path);
    }
    SimulatedDirectory directory = directory(above);
    return directory == null ? null : directory.get(name(path));
  }

  private @Nullable SimulatedDirectory directory(Path path) {
    SimulatedDirectory known = found.get(path);
    if (known == null && search(path) instanceof SimulatedDirectory searched) {
      found.put(path, searched);
      return searched;
    }
    return known;
  }

  private @Nullable SimulatedNode search(Path path) {
    SimulatedNode at = root;
    for (Path part : path) {
      if (!(at instanceof SimulatedDirectory directory)) {
        return null;
      }
      at = directory.get(part.toString());
    }
    return at;
  }

  private SimulatedDirectory parent(Path path) throws IOException {
    Path above = path.getParent();
    SimulatedDirectory directory = above == null ? null : directory(above);
    if (directory == null) {
      throw new NoSuchFileException(path.toString());
    }
    return directory;
  }

  private SimulatedFile file(Path path) throws IOException {
    if (node(path) instanceof SimulatedFile file) {
      return file;
    }
    throw new NoSuchFileException(path.toString());
  }

  void step(String what, Path path, long amount) {
    power.step(what, path.toString(), amount);
    version++;
  }

  @Override
  public Writing create(Path path) throws IOException {
    step("create", path, 0);
    SimulatedDirectory directory = parent(path);
    if (directory.get(name(path)) instanceof SimulatedFile there) {
      there.cut(0, clock.micros());
      return new SimulatedWriting(this, path, there);
    }
    SimulatedFile file = new SimulatedFile(nodes++);
    directory.link(name(path), file);
    return new SimulatedWriting(this, path, file);
  }

  @Override
  public Writing append(Path path, long length) throws IOException {
    step("append", path, length);
    SimulatedFile file = file(path);
    file.cut(length, clock.micros());
    return new SimulatedWriting(this, path, file);
  }

  @Override
  public Reading read(Path path) throws IOException {
    alive();
    SimulatedFile file = file(path);
    return new Reading() {
      @Override
      public int read(long position, byte[] into, int offset, int length) {
        alive();
        return file.read(position, into, offset, length);
      }

      @Override
      public long length() {
        return file.length();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private void alive() {
    if (power.isOut()) {
      throw new Crash("read");
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("rename", from, to.toString().hashCode());
    SimulatedDirectory source = parent(from);
    SimulatedNode node = source.get(name(from));
    if (node == null) {
      throw new NoSuchFileException(from.toString());
    }
    SimulatedDirectory.rename(source, name(from), parent(to), name(to), node);
    if (node instanceof SimulatedDirectory) {
      found.clear();
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    step("delete", path, 0);
    SimulatedNode node = node(path);
    if (node == null) {
      return;
    }
    if (node instanceof SimulatedDirectory directory && !directory.names().isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    parent(path).unlink(name(path));
    if (node instanceof SimulatedDirectory) {
      found.clear();
    }
  }

  @Override
  public List<Entry> list(Path directory) {
    alive();
    List<Entry> entries = new ArrayList<>();
    if (node(directory) instanceof SimulatedDirectory found) {
      for (Map.Entry<String, SimulatedNode> name : found.names().entrySet()) {
        entries.add(entry(directory.resolve(name.getKey()), name.getValue()));
      }
    }
    return entries;
  }

  @Override
  public Optional<Entry> entry(Path path) {
    alive();
    SimulatedNode node = node(path);
    return node == null ? Optional.empty() : Optional.of(entry(path, node));
  }

  private static Entry entry(Path path, SimulatedNode node) {
    String key = Long.toString(node.number());
    return node instanceof SimulatedFile file
        ? new Entry(path, Entry.Kind.FILE, file.length(), file.changedMicros(), key)
        : new Entry(path, Entry.Kind.DIRECTORY, 0, 0, key);
  }

  @Override
  public Path real(Path path) {
    return path.normalize();
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    if (!(node(directory) instanceof SimulatedDirectory)) {
      step("create_directories", directory, 0);
      makeDirectories(directory);
    }
  }

  private SimulatedDirectory makeDirectories(Path path) {
    SimulatedDirectory at = root;
    for (Path part : path) {
      SimulatedNode next = at.get(part.toString());
      if (!(next instanceof SimulatedDirectory)) {
        next = new SimulatedDirectory(nodes++);
        at.link(part.toString(), next);
      }
      at = (SimulatedDirectory) next;
    }
    return at;
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step("force_directory", directory, 0);
    if (!(node(directory) instanceof SimulatedDirectory found)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (power.strikes(Fault.Kind.FORCE_FAILS).isPresent()) {
      throw new IOException("Input/output error");
    }
    found.force();
  }

  @Override
  public Optional<Lock> lock(Path path) throws IOException {
    step("lock", path, 0);
    SimulatedDirectory directory = parent(path);
    if (directory.get(name(path)) == null) {
      directory.link(name(path), new SimulatedFile(nodes++));
    }
    int life = power.life();
    if (!locks.add(path)) {
      return Optional.empty();
    }
    return Optional.of(
        () -> {
          if (power.life() == life) {
            locks.remove(path);
          }
        });
  }

  Power power() {
    return power;
  }

  /** Whether the rest of a short write is forgotten. */
  boolean isForgetful() {
    return forgetful;
  }

  long now() {
    return clock.micros();
  }

  /** Whether there is no room for what is written now. */
  boolean isFull() {
    Optional<Fault> full = power.strikes(Fault.Kind.NO_ROOM);
    if (full.isEmpty() && noRoom == 0) {
      return false;
    }
    noRoom = full.map(fault -> 1 + fault.amount() % MOST_FULL).orElse(noRoom) - 1;
    return true;
  }
}
