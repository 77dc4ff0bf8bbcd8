package io.penstock.core.expression.function;

import io.penstock.core.expression.function.Function.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/** Functions that make identifiers, and of addresses in networks. */
public final class Identity {
  private static final int NAME_OFFSET = 16;

  private Identity() {}

  @Function(
      family = Family.IDENTITY,
      signature = "() -> string",
      summary = "A random UUID, the same when the row is read again.",
      examples = "length(uuid_v4()) == 36",
      deterministic = false)
  public static String uuidV4(RowContext row) {
    return versioned(row.random(), row.random(), 4);
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(space: string, name: string) -> string",
      summary = "The UUID of a name in a name space, which is dns, url or a UUID itself.",
      examples = "uuid_v5('dns', 'www.example.com') == '2ed6657d-e927-568b-95e1-2665a8aea6a2'",
      fails = "the name space is none")
  public static String uuidV5(String space, String name) {
    UUID root = space(space);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(NAME_OFFSET + bytes.length);
    input.putLong(root.getMostSignificantBits()).putLong(root.getLeastSignificantBits()).put(bytes);
    try {
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(input.array()));
      return versioned(hash.getLong(), hash.getLong(), 5);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Function(
      family = Family.IDENTITY,
      signature = "() -> string",
      summary = "A UUID that begins with the milliseconds of now(), so that later ones sort later.",
      examples = "length(uuid_v7()) == 36",
      deterministic = false)
  public static String uuidV7(RowContext row) {
    long millis = Math.floorDiv(row.now(), 1000L);
    return versioned(millis << 16 | row.random() & 0xFFFF, row.random(), 7);
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(address: string, network: string) -> boolean",
      summary = "Whether an IP address lies in a network such as 10.0.0.0/8.",
      examples = {
        "ip_in_cidr('10.1.2.3', '10.0.0.0/8')",
        "not ip_in_cidr('11.1.2.3', '10.0.0.0/8')",
        "ip_in_cidr('2001:db8::1', '2001:db8::/32')"
      },
      fails = "a text is no address or no network")
  public static boolean ipInCidr(Call call, String address, String network) {
    Network parsed = call.remember(0, network, Network::of);
    return parsed.contains(Addresses.parse(address));
  }

  @Function(
      family = Family.IDENTITY,
      signature = "(address: string) -> int?",
      summary = "4 or 6, the version of an IP address; null where the text is none.",
      examples = {
        "ip_version('10.1.2.3') == 4",
        "ip_version('::1') == 6",
        "ip_version('x') === null"
      })
  public static @org.jspecify.annotations.Nullable Long ipVersion(String address) {
    return Addresses.read(address).map(bytes -> bytes.length == 4 ? 4L : 6L).orElse(null);
  }

  private record Network(byte[] address, int bits) {
    static Network of(String text) {
      int slash = text.indexOf('/');
      byte[] address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
      if (slash < 0) {
        return new Network(address, address.length * 8);
      }
      String bits = text.substring(slash + 1);
      if (bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= address.length * 8) {
        return new Network(address, Integer.parseInt(bits));
      }
      throw Failure.text(text, "network such as 10.0.0.0/8");
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      int whole = bits / 8;
      if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      return rest == 0 || ((address[whole] ^ other[whole]) & 0xFF) >> (8 - rest) == 0;
    }
  }

  private static UUID space(String space) {
    if (space.equals("dns")) {
      return UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    }
    if (space.equals("url")) {
      return UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    }
    if (!space.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      throw Failure.text(space, "name space: dns, url or a UUID");
    }
    return UUID.fromString(space);
  }

  private static String versioned(long high, long low, long version) {
    long first = high & ~0xF000L | version << 12;
    long second = low & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(first, second).toString();
  }
}
