package io.penstock.dsl.launcher.kill;

import io.penstock.api.option.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sink that never answers. It stands in no list of services on the class path, since the
 * command has no such sink; a process that is to have it is given a list of its own.
 */
public final class StuckCatalogue implements Catalogue {
  @Override
  public List<Class<? extends Record>> components() {
    return List.of(StuckConfig.class);
  }

  /**
   * The command with this sink.
   *
   * @param folder for the list
   */
  static Program program(Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Catalogue.class.getName()), StuckCatalogue.class.getName() + "\n");
    return Program.ofClasses(
        folder.toAbsolutePath()
            + System.getProperty("path.separator")
            + System.getProperty("java.class.path"));
  }
}
