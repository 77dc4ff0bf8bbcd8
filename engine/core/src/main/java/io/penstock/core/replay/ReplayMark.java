package io.penstock.core.replay;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.penstock.api.system.Disk;
import io.penstock.json.Json;
import io.penstock.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a file of dead letters was replayed, kept beside it as {@code FILE.replayed}, so that the
 * next replay takes only letters that came since.
 *
 * @param bytes of the file that were looked at
 * @param hash of those bytes
 * @param left letters among them that were left out, by the byte at which they begin
 */
public record ReplayMark(long bytes, String hash, Set<Long> left) {
  private static final int BLOCK = 64 << 10;
  private static final int VERSION = 1;

  public ReplayMark {
    left = Set.copyOf(left);
  }

  /** Nothing was replayed. */
  public static ReplayMark none() {
    return new ReplayMark(0, "", Set.of());
  }

  private static Path beside(Path letters) {
    return letters.resolveSibling(letters.getFileName() + ".replayed");
  }

  /** The mark beside a file; none where there is none, or where the file was made anew since. */
  public static ReplayMark read(Disk disk, Path letters) throws IOException {
    Path file = beside(letters);
    if (disk.entry(file).isEmpty()) {
      return none();
    }
    Json json;
    try {
      json = Json.parse(text(disk, file));
    } catch (JsonProblem e) {
      throw new IOException("`" + file.getFileName() + "` is damaged, `--again` passes it over", e);
    }
    long bytes = json.member("bytes").map(b -> b.asLong().orElse(0)).orElse(0L);
    String hash = json.member("hash").flatMap(Json::asText).orElse("");
    Set<Long> left = new HashSet<>();
    json.member("left").ifPresent(l -> l.elements().forEach(e -> left.add(e.asLong().orElse(0))));
    boolean same =
        disk.entry(letters).filter(e -> e.size() >= bytes).isPresent()
            && hash(disk, letters, bytes).equals(hash);
    return same ? new ReplayMark(bytes, hash, left) : none();
  }

  /** Writes it beside the file, whole or not at all. */
  public static void write(Disk disk, Path letters, long bytes, Set<Long> left) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("version", Json.ofNumber(VERSION));
    members.put("bytes", Json.ofNumber(bytes));
    members.put("hash", Json.ofText(hash(disk, letters, bytes)));
    List<Json> offsets = left.stream().sorted().map(Json::ofNumber).toList();
    members.put("left", Json.list(offsets));
    byte[] text = (Json.object(members).toText() + "\n").getBytes(StandardCharsets.UTF_8);
    Path file = beside(letters);
    Path temp = file.resolveSibling(file.getFileName() + ".tmp");
    try (Disk.Writing writing = disk.create(temp)) {
      writing.write(text, 0, text.length);
      writing.force();
    }
    disk.rename(temp, file);
    disk.forceDirectory(Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file));
  }

  private static String text(Disk disk, Path file) throws IOException {
    try (Disk.Reading reading = disk.read(file)) {
      byte[] bytes = new byte[Math.toIntExact(reading.length())];
      int at = 0;
      while (at < bytes.length) {
        int count = reading.read(at, bytes, at, bytes.length - at);
        if (count < 0) {
          break;
        }
        at += count;
      }
      return new String(bytes, 0, at, StandardCharsets.UTF_8);
    }
  }

  private static String hash(Disk disk, Path file, long bytes) throws IOException {
    Hasher hasher = Hashing.sha256().newHasher();
    byte[] block = new byte[BLOCK];
    try (Disk.Reading reading = disk.read(file)) {
      long at = 0;
      while (at < bytes) {
        int count = reading.read(at, block, 0, (int) Math.min(BLOCK, bytes - at));
        if (count < 0) {
          break;
        }
        hasher.putBytes(block, 0, count);
        at += count;
      }
    }
    return hasher.hash().toString();
  }
}
