package io.gyre.api.tags;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which kind of resource a tagging request is about. */
@ApplicationScoped
class TaggedKinds {
    /** The API has tags of certificates, which Gyre has not. */
    private static final String CERTIFICATE = "CertificateId";

    private final List<TaggedResources> kinds;

    TaggedKinds(@All List<TaggedResources> kinds) {
        this.kinds = kinds;
    }

    /**
     * By the parameter ResourceType.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    TaggedResources ofType(RpcRequest request) {
        String type = request.required("ResourceType");
        return kinds.stream()
                .filter(kind -> kind.resourceType().equalsIgnoreCase(type))
                .findFirst()
                .orElseThrow(() -> KmsFaults.invalid(
                        "ResourceType",
                        "it must be "
                                + kinds.stream()
                                        .map(TaggedResources::resourceType)
                                        .sorted()
                                        .collect(Collectors.joining(" or "))
                                + "."));
    }

    /**
     * By the one parameter of the elder actions that names a resource.
     *
     * @throws RpcFault MissingParameter where there is none, InvalidParameter where there are more, UnsupportedOperation
     *     for a certificate
     */
    TaggedResources named(RpcRequest request) {
        List<String> parameters = Stream.concat(
                        kinds.stream().map(TaggedResources::nameParameter), Stream.of(CERTIFICATE))
                .sorted()
                .toList();
        List<String> given = parameters.stream()
                .filter(parameter -> isGiven(request, parameter))
                .toList();
        if (given.isEmpty()) {
            throw KmsFaults.missing(String.join("\" or \"", parameters));
        }
        if (given.size() > 1) {
            throw KmsFaults.invalid(given.get(1), "give one of " + String.join(", ", parameters) + ", not more.");
        }
        return kinds.stream()
                .filter(kind -> kind.nameParameter().equals(given.get(0)))
                .findFirst()
                .orElseThrow(KmsFaults::unsupported);
    }

    private static boolean isGiven(RpcRequest request, String parameter) {
        String value = request.text(parameter);
        return value != null && !value.isEmpty();
    }
}
