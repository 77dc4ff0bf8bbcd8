package io.penstock.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ports at which nobody listens, for servers that are to be started. They lie below those that
 * systems give to connections, so that none of many connections takes one before its server does,
 * and begin anywhere, since tests run side by side.
 */
public final class Ports {
  private static final int LEAST = 12_000;
  private static final int MOST = 32_000;

  private Ports() {}

  /** One port. */
  public static int free() throws IOException {
    return free(1).get(0);
  }

  /** So many different ports. */
  public static List<Integer> free(int count) throws IOException {
    Random chance = new Random();
    List<Integer> found = new ArrayList<>();
    for (int tries = 0; found.size() < count; tries++) {
      int port = LEAST + chance.nextInt(MOST - LEAST);
      if (!found.contains(port) && isFree(port)) {
        found.add(port);
      } else if (tries > MOST) {
        throw new IOException("no port is free");
      }
    }
    return found;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
