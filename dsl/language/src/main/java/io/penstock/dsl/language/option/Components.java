package io.penstock.dsl.language.option;

import io.penstock.api.option.Catalogue;
import io.penstock.api.option.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All components of some catalogues, found by role (the config interface that the record
 * implements) and name. Options are read when a component is first asked for. Single-threaded.
 */
public final class Components {
  private final List<Class<? extends Record>> classes;
  private final Map<Class<? extends Record>, RecordDeclaration> records = new HashMap<>();

  private Components(List<Class<? extends Record>> classes) {
    this.classes = List.copyOf(classes);
  }

  /** The components of these catalogues. */
  public static Components of(List<Catalogue> catalogues) {
    List<Class<? extends Record>> classes = new ArrayList<>();
    catalogues.forEach(catalogue -> classes.addAll(catalogue.components()));
    return new Components(classes);
  }

  /** A component by role and name. */
  public Optional<ComponentDeclaration> find(Class<?> role, String name) {
    for (Class<? extends Record> type : classes) {
      if (role.isAssignableFrom(type)) {
        Component component = component(type);
        if (component.name().equals(name)) {
          return Optional.of(ComponentDeclaration.of(component, record(type)));
        }
      }
    }
    return Optional.empty();
  }

  /** A component of this name, whatever its role. */
  public Optional<Class<? extends Record>> named(String name) {
    for (Class<? extends Record> type : classes) {
      if (component(type).name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The names of a role's components, in the order of the catalogues. */
  public List<String> names(Class<?> role) {
    return classes.stream()
        .filter(role::isAssignableFrom)
        .map(type -> component(type).name())
        .toList();
  }

  /** A role's components, in the order of the catalogues. */
  public List<ComponentDeclaration> all(Class<?> role) {
    return classes.stream()
        .filter(role::isAssignableFrom)
        .map(type -> ComponentDeclaration.of(component(type), record(type)))
        .toList();
  }

  /** The format whose suffix a file name ends in, the longest one. */
  public Optional<ComponentDeclaration> bySuffix(Class<?> role, String fileName) {
    Optional<ComponentDeclaration> best = Optional.empty();
    int longest = 0;
    for (Class<? extends Record> type : classes) {
      if (!role.isAssignableFrom(type)) {
        continue;
      }
      for (String suffix : component(type).suffixes()) {
        if (fileName.endsWith(suffix) && suffix.length() > longest) {
          longest = suffix.length();
          best = Optional.of(ComponentDeclaration.of(component(type), record(type)));
        }
      }
    }
    return best;
  }

  /** The declaration of any record with options: a component's, a group's. */
  public RecordDeclaration record(Class<? extends Record> type) {
    RecordDeclaration known = records.get(type);
    if (known == null) {
      known = RecordDeclaration.of(type);
      records.put(type, known);
    }
    return known;
  }

  private static Component component(Class<? extends Record> type) {
    Component component = type.getAnnotation(Component.class);
    if (component == null) {
      throw new IllegalStateException(type.getName() + " has no @Component");
    }
    return component;
  }
}
