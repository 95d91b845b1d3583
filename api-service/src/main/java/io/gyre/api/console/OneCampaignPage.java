package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedCampaigns;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** {@code /console/campaigns/ID}: one campaign wave by wave, why it stands as it does, what failed, and what can be ordered. */
@ApplicationScoped
class OneCampaignPage implements LivePage {
    private final ConsoleReads reads;
    private final ViewedCampaigns campaigns;
    private final ConsoleCalls calls;

    OneCampaignPage(ConsoleReads reads, ViewedCampaigns campaigns, ConsoleCalls calls) {
        this.reads = reads;
        this.campaigns = campaigns;
        this.calls = calls;
    }

    /** Of the campaign that the path names. */
    static Operation describe(Visit visit) {
        return operation("DescribeCampaign", visit, "");
    }

    /** @param below what follows the campaign in the operation's path, with its slash */
    static Operation operation(String name, Visit visit, String below) {
        String id = visit.part(1);
        return new Operation(name, CampaignsPage.PATH + "/" + id + below, Map.of("id", id));
    }

    @Override
    public String path() {
        return CampaignsPage.PATH + "/*";
    }

    @Override
    public Watched watched(Visit visit, Visitor visitor) {
        return new Watched.OneCampaign(ViewedCampaigns.id(visit.part(1)));
    }

    @Override
    public Operation operation(Visit visit) {
        return describe(visit);
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.make(visit, visitor, describe(visit), () -> view(visit, visitor))
                .map(view -> Answer.page(200, Templates.campaign(Frame.of(view.name(), visit, visitor), view)));
    }

    @Override
    public Uni<TemplateInstance> part(Visit visit, Visitor visitor) {
        return view(visit, visitor).map(Templates::campaignPart);
    }

    private Uni<CampaignSeen> view(Visit visit, Visitor visitor) {
        return campaigns.one(visitor.accountId(), visit.part(1)).chain(campaign -> reads.now()
                .map(now -> new CampaignSeen(campaign, now.calendar())));
    }
}
