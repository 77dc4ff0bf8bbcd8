package io.penstock.dsl.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in a copy of the clone with blanks in its path, with a Maven and a Java that say how
 * they are called.
 */
final class RunPipelineScriptTest {
  private static final Path ROOT = Path.of(System.getProperty("penstock.root", "../.."));
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -XX:DumpLoadedClassList=*) echo list >"${word#*=}"; exit 0 ;;
          -XX:SharedArchiveFile=*.new) echo archive >"${word#*=}"; exit 0 ;;
        esac
      done
      echo "java in $PWD"
      for word; do printf '<%s>\\n' "$word"; done
      exit 4
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      while [ "$1" != -f ]; do shift; done
      folder=$(dirname "$2")/dsl/launcher/target
      mkdir -p "$folder/lib"
      echo x >>"$folder/builds"
      echo jar >"$folder/penstock.jar"
      """;

  @TempDir Path folder;
  private Path clone = Path.of("");
  private Path tools = Path.of("");

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void copiesTheClone() throws IOException {
    clone = Files.createDirectories(folder.resolve("my clone"));
    Files.createDirectories(clone.resolve("dsl/launcher"));
    Files.copy(ROOT.resolve("run-pipeline"), clone.resolve("run-pipeline"));
    tools = Files.createDirectories(folder.resolve("tools"));
    program(tools.resolve("mvn"), MAVEN);
    program(folder.resolve("jdk 17/bin/java"), JAVA);
    program(folder.resolve("jdk 17/bin/javac"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("jdk 17/release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  @Test
  void buildsOnFirstUseAndSaysSoOnce() throws Exception {
    Ended first = run(clone, Map.of(), "run-pipeline", "validate", "a b.yaml");
    Ended second = run(clone, Map.of(), "run-pipeline", "validate", "a b.yaml");

    assertEquals("Building Penstock: this may take a minute.\n", first.err());
    assertEquals("", second.err());
    assertEquals(first.out(), second.out());
    assertEquals("x\n", Files.readString(clone.resolve("dsl/launcher/target/builds")));
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run(clone, Map.of(), "run-pipeline", "x.yaml");
    Path source = Files.createDirectories(clone.resolve("dsl/launcher/src/main")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));

    Ended ended = run(clone, Map.of(), "run-pipeline", "x.yaml");

    assertEquals("Building Penstock: this may take a minute.\n", ended.err());
  }

  @Test
  void keepsTheFolderTheArgumentsAndTheExitCode() throws Exception {
    Path here = Files.createDirectories(folder.resolve("else where"));

    Ended ended = run(here, Map.of(), clone.resolve("run-pipeline").toString(), "a b.yaml", "*");

    assertEquals(4, ended.code());
    assertTrue(ended.out().startsWith("java in " + here.toRealPath() + "\n"), ended.out());
    assertTrue(
        ended.out().endsWith("<io.penstock.dsl.launcher.Main>\n<a b.yaml>\n<*>\n"), ended.out());
  }

  @Test
  void isFoundThroughLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("one"), Path.of("../my clone/run-pipeline"));
    Files.createSymbolicLink(bin.resolve("two"), Path.of("one"));

    Ended ended = run(folder, Map.of(), bin.resolve("two").toString(), "x.yaml");

    assertEquals(4, ended.code());
    assertTrue(
        ended.out().contains("<" + clone.toRealPath() + "/dsl/launcher/target/penstock.jar>"),
        ended.out());
  }

  @Test
  void passesJavaOptionsAndLeavesTheHeapToThem() throws Exception {
    Ended ended =
        run(clone, Map.of("JAVA_OPTS", "-Xmx64m -XX:+UseSerialGC"), "run-pipeline", "x.yaml");

    assertTrue(ended.out().contains("<-Xmx64m>\n<-XX:+UseSerialGC>\n"), ended.out());
    assertEquals(1, ended.out().split("-Xmx", -1).length - 1);
    assertEquals(1, ended.out().split("UseSerialGC|UseParallelGC", -1).length - 1);
  }

  @Test
  void concurrentFirstUsesBuildOnce() throws Exception {
    program(tools.resolve("mvn"), MAVEN.replace("mkdir", "sleep 1; mkdir"));
    Process one = start(clone, Map.of(), "run-pipeline", "x.yaml");
    Process two = start(clone, Map.of(), "run-pipeline", "x.yaml");

    assertEquals(4, ended(one).code());
    assertEquals(4, ended(two).code());
    assertEquals("x\n", Files.readString(clone.resolve("dsl/launcher/target/builds")));
  }

  @Test
  void showsWhatMavenSaidWhenTheBuildFails() throws Exception {
    program(tools.resolve("mvn"), "#!/bin/sh\necho no such plugin\nexit 1\n");

    Ended ended = run(clone, Map.of(), "run-pipeline", "x.yaml");

    assertEquals(1, ended.code());
    assertTrue(ended.err().contains("no such plugin\n"), ended.err());
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Ended noJava = run(clone, Map.of("JAVA_HOME", "/nowhere"), "run-pipeline", "x.yaml");

    assertEquals(1, noJava.code());
    assertEquals("run-pipeline: JAVA_HOME is /nowhere, where there is no bin/java\n", noJava.err());
  }

  private Ended run(Path in, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return ended(start(in, environment, command));
  }

  private Process start(Path in, Map<String, String> environment, String... command)
      throws IOException {
    List<String> words = new java.util.ArrayList<>(List.of(command));
    if (!words.get(0).startsWith("/")) {
      words.set(0, "./" + words.get(0));
    }
    ProcessBuilder builder = new ProcessBuilder(words).directory(in.toFile());
    builder.environment().remove("JAVA_OPTS");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk 17").toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out, err);
  }

  private static void program(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
