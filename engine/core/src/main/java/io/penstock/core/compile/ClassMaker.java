package io.penstock.core.compile;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.commons.compiler.Location;
import org.codehaus.janino.ClassLoaderIClassLoader;
import org.codehaus.janino.Parser;
import org.codehaus.janino.Scanner;
import org.codehaus.janino.UnitCompiler;
import org.codehaus.janino.util.ClassFile;

/**
 * Makes classes from Java source. Every class gets a class loader of its own, so that it unloads
 * when nobody holds it any more. Used by one thread at a time.
 */
public final class ClassMaker {
  private final ClassLoader parent;
  private final ClassLoaderIClassLoader known;

  /**
   * A maker of classes.
   *
   * @param parent where the names in the sources are looked up
   */
  public ClassMaker(ClassLoader parent) {
    this.parent = parent;
    this.known = new ClassLoaderIClassLoader(parent);
  }

  /**
   * Compiles a unit and loads its class of this name. The nested classes of the unit are loaded
   * when they are needed.
   *
   * @param name the full name of the class
   * @param source a whole compilation unit
   */
  public MadeClass make(String name, String source) throws SourceRefused {
    List<ClassFile> files = compiled(source);
    Map<String, byte[]> bytes = new HashMap<>();
    Map<String, Integer> sizes = new HashMap<>();
    for (ClassFile file : files) {
      bytes.put(file.getThisClassName(), file.toByteArray());
      for (ClassFile.MethodInfo method : file.methodInfos) {
        sizes.put(
            file.getThisClassName() + "." + method.getName() + method.getDescriptor(),
            size(method));
      }
    }
    try {
      return new MadeClass(Class.forName(name, true, new Own(parent, bytes)), sizes);
    } catch (ClassNotFoundException | LinkageError wrong) {
      throw new SourceRefused(String.valueOf(wrong), 0, 0, wrong);
    }
  }

  private List<ClassFile> compiled(String source) throws SourceRefused {
    List<ClassFile> files = new ArrayList<>();
    try {
      Parser parser = new Parser(new Scanner(null, new StringReader(source)));
      new UnitCompiler(parser.parseAbstractCompilationUnit(), known)
          .compileUnit(false, true, false, files);
      return files;
    } catch (CompileException wrong) {
      throw refused(wrong);
    } catch (InternalCompilerException | IOException | AssertionError wrong) {
      throw new SourceRefused(String.valueOf(wrong.getMessage()), 0, 0, wrong);
    }
  }

  private static SourceRefused refused(CompileException wrong) {
    Location at = wrong.getLocation();
    String message = String.valueOf(wrong.getMessage());
    if (at == null) {
      return new SourceRefused(message, 0, 0, wrong);
    }
    String place = at + ": ";
    return new SourceRefused(
        message.startsWith(place) ? message.substring(place.length()) : message,
        Math.max(0, at.getLineNumber()),
        Math.max(0, at.getColumnNumber()),
        wrong);
  }

  private static int size(ClassFile.MethodInfo method) {
    for (ClassFile.AttributeInfo attribute : method.getAttributes()) {
      if (attribute instanceof ClassFile.CodeAttribute code) {
        return code.code.length;
      }
    }
    return 0;
  }

  /** Holds the classes of one unit. */
  private static final class Own extends ClassLoader {
    private final Map<String, byte[]> bytes;

    Own(ClassLoader parent, Map<String, byte[]> bytes) {
      super(parent);
      this.bytes = bytes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] found = bytes.get(name);
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, found, 0, found.length);
    }
  }
}
