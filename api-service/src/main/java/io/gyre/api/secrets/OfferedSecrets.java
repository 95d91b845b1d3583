package io.gyre.api.secrets;

import io.gyre.api.workers.CredentialOffer;
import io.gyre.api.workers.CredentialOffer.Offered;
import io.gyre.api.workers.CredentialOffers;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Tries the credentials of a request of CreateSecret before it is made, for a person who can type them again. Nothing is created,
 * and what CreateSecret would refuse is refused here in the same words.
 */
@ApplicationScoped
public class OfferedSecrets {
    private final CreateSecret creation;
    private final CredentialOffers offers;
    private final SecretsSettings settings;

    OfferedSecrets(CreateSecret creation, CredentialOffers offers, SecretsSettings settings) {
        this.creation = creation;
        this.offers = offers;
        this.settings = settings;
    }

    /**
     * What came of it.
     *
     * @param request as CreateSecret takes it, of a secret of any type but Generic
     * @return empty where the installation leaves verification out ({@code gyre.secrets.verify-accounts}); fails with an
     *     {@link RpcFault} as CreateSecret does
     */
    public Uni<Optional<CredentialOffers.Outcome>> tried(RpcRequest request) {
        return creation.acceptable(request)
                .chain(asked -> settings.verifyAccounts()
                        ? offers.tried(request.caller().accountId(), offer(asked))
                                .map(Optional::of)
                        : Uni.createFrom().item(Optional.empty()));
    }

    private static CredentialOffer offer(NewSecret asked) {
        ExtendedConfig config = asked.managedConfig();
        List<String> place = config.subType().place();
        List<Offered> offered = asked.credentials().stream()
                .map(each -> new Offered(String.valueOf(each.name()), each.value()))
                .toList();
        return new CredentialOffer(
                asked.type().rotationType().orElseThrow(),
                config.subType().wireName(),
                String.valueOf(config.place().get(place.get(place.size() - 1))),
                config.flat(),
                offered.get(0),
                offered.size() > 1 ? offered.get(1) : null);
    }
}
