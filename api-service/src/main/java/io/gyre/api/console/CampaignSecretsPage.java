package io.gyre.api.console;

import io.gyre.api.operations.CampaignSecretPage;
import io.gyre.api.operations.ViewedCampaigns;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /console/campaigns/ID/secrets}: the secrets of a campaign in the order in which they begin, by wave and by standing. */
@ApplicationScoped
class CampaignSecretsPage implements Page {
    private static final String PART = "/secrets";

    private static final List<String> STANDINGS = List.of("", "planned", "running", "done", "failed", "skipped");

    private final ViewedCampaigns campaigns;
    private final ConsoleCalls calls;

    CampaignSecretsPage(ViewedCampaigns campaigns, ConsoleCalls calls) {
        this.campaigns = campaigns;
        this.calls = calls;
    }

    /**
     * What came of a question for secrets of a campaign.
     *
     * @param wave as it was given; empty for all
     * @param more the address of the next page; empty on the last one
     * @param refusal why it cannot be asked for so; empty where it can
     */
    record Found(String id, String wave, String standing, List<CampaignSecretLine> lines, String more, String refusal) {
        public String campaign() {
            return CampaignsPage.address(id);
        }

        public String all() {
            return CampaignSecretsPage.address(id, "", "");
        }

        public List<CampaignsPage.Choice> standings() {
            return STANDINGS.stream()
                    .map(each -> new CampaignsPage.Choice(
                            each.isEmpty() ? "all" : each,
                            CampaignSecretsPage.address(id, wave, each),
                            each.equals(standing)))
                    .toList();
        }
    }

    static String address(String id, String wave, String standing) {
        return address(id, wave, standing, "");
    }

    private static String address(String id, String wave, String standing, String nextToken) {
        Map<String, String> given = new TreeMap<>(Map.of("wave", wave, "standing", standing, "nextToken", nextToken));
        given.values().removeIf(String::isEmpty);
        return CampaignsPage.address(id) + PART + (given.isEmpty() ? "" : "?" + new Query(given).text());
    }

    @Override
    public String path() {
        return CampaignsPage.PATH + "/*" + PART;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String wave = visit.query().text("wave");
        String standing = visit.query().text("standing");
        String id = visit.part(1);
        return calls.make(
                        visit,
                        visitor,
                        OneCampaignPage.operation("ListCampaignSecrets", visit, PART),
                        () -> campaigns.secrets(
                                visitor.accountId(),
                                id,
                                wave,
                                standing,
                                visit.query().text("limit"),
                                visit.query().text("nextToken")))
                .map(page -> page(200, visit, visitor, found(id, wave, standing, page)))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 400)
                .recoverWithItem(failure -> page(
                        400,
                        visit,
                        visitor,
                        new Found(id, wave, standing, List.of(), "", ((RpcFault) failure).text())));
    }

    private static Found found(String id, String wave, String standing, CampaignSecretPage page) {
        return new Found(
                id,
                wave,
                standing,
                page.secrets().stream().map(CampaignSecretLine::new).toList(),
                page.nextToken() == null ? "" : address(id, wave, standing, page.nextToken()),
                "");
    }

    private static Answer page(int status, Visit visit, Visitor visitor, Found found) {
        return Answer.page(status, Templates.campaignSecrets(Frame.of("Secrets of a campaign", visit, visitor), found));
    }
}
