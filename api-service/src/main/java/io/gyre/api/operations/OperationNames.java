package io.gyre.api.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What there is to be permitted in the operations API: {@code gyre:} and the name of each operation. */
@ApplicationScoped
class OperationNames {
    private final SortedSet<String> permissions = new TreeSet<>();

    OperationNames(BeanManager beans) {
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(each -> each.isAnnotationPresent(Path.class))
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Operation.class))
                .map(Method::getName)
                .forEach(name -> permissions.add("gyre:" + Permission.action(name)));
    }

    SortedSet<String> permissions() {
        return permissions;
    }
}
