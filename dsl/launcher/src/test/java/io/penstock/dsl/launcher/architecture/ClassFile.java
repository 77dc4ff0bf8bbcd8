package io.penstock.dsl.launcher.architecture;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a class file names.
 *
 * @param name the class, with dots
 * @param classes the classes that it names, with dots
 * @param members the methods and fields that it names: {@code java.lang.System.nanoTime}
 */
record ClassFile(String name, SortedSet<String> classes, SortedSet<String> members) {
  private static final int MAGIC_AND_VERSION = 8;

  static ClassFile read(Path file) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
      in.skipNBytes(MAGIC_AND_VERSION);
      return new Pool(in).summary();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The constant pool, as in chapter 4.4 of the virtual machine's specification. */
  private static final class Pool {
    private final String[] texts;
    private final int[] first;
    private final int[] second;
    private final int[] tags;
    private final int thisClass;

    Pool(DataInputStream in) throws IOException {
      int count = in.readUnsignedShort();
      texts = new String[count];
      first = new int[count];
      second = new int[count];
      tags = new int[count];
      for (int i = 1; i < count; i++) {
        tags[i] = in.readUnsignedByte();
        i += entry(i, in);
      }
      in.skipNBytes(2);
      thisClass = in.readUnsignedShort();
    }

    /** Reads one entry; how many more slots it takes. */
    private int entry(int i, DataInputStream in) throws IOException {
      switch (tags[i]) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          return 1;
        }
        case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
        case 9, 10, 11, 12, 17, 18 -> {
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("tag " + tags[i]);
      }
      return 0;
    }

    ClassFile summary() {
      SortedSet<String> classes = new TreeSet<>();
      SortedSet<String> members = new TreeSet<>();
      for (int i = 1; i < tags.length; i++) {
        if (tags[i] == 7) {
          classes.add(className(i));
        } else if (tags[i] >= 9 && tags[i] <= 11) {
          members.add(className(first[i]) + "." + texts[first[second[i]]]);
        }
      }
      return new ClassFile(className(thisClass), classes, members);
    }

    private String className(int index) {
      return texts[first[index]].replace('/', '.');
    }
  }
}
