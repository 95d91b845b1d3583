package io.gyre.api.console;

import io.gyre.api.campaign.CampaignOrder;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.CampaignDetail;
import io.gyre.api.operations.ViewedCampaigns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code /console/campaigns/ID/roll-back} and the like: asks once more before something is ordered of a campaign, and names how many
 * secrets it touches.
 */
@ApplicationScoped
class CampaignOrderPage implements FormPage {
    private final ViewedCampaigns campaigns;
    private final ConsoleCalls calls;
    private final Confirmations confirmations;

    CampaignOrderPage(ViewedCampaigns campaigns, ConsoleCalls calls, Confirmations confirmations) {
        this.campaigns = campaigns;
        this.calls = calls;
        this.confirmations = confirmations;
    }

    /**
     * What is asked before an order is given.
     *
     * @param refusal why it was not given; empty where it may be
     */
    record Question(CampaignOrderWords order, CampaignDetail detail, String refusal) {
        public String title() {
            return button() + "?";
        }

        public String button() {
            return order.button(detail.campaign());
        }

        public String touches() {
            return order.touches(detail);
        }

        public boolean grave() {
            return order.grave();
        }

        public String name() {
            return detail.campaign().name();
        }

        public CampaignDetail.Counts counts() {
            return detail.counts();
        }

        public String back() {
            return CampaignsPage.address(detail.campaign().campaignId().toString());
        }

        public String address() {
            return CampaignOrderPage.address(detail.campaign().campaignId().toString(), order.order());
        }
    }

    static String address(String campaign, CampaignOrder order) {
        return CampaignsPage.address(campaign) + "/" + order.label();
    }

    @Override
    public String path() {
        return CampaignsPage.PATH + "/*/*";
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        CampaignOrderWords order = order(visit);
        return confirmations.ask(visit, visitor, operation(visit, order), asking(visit, visitor, order));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        CampaignOrderWords order = order(visit);
        String id = visit.part(1);
        return confirmations.order(
                visit,
                visitor,
                operation(visit, order),
                () -> campaigns.order(visitor.asCaller(), id, order.order()),
                CampaignsPage.address(id),
                asking(visit, visitor, order));
    }

    private Confirmations.Asking asking(Visit visit, Visitor visitor, CampaignOrderWords order) {
        return (status, refusal) -> page(status, visit, visitor, order, refusal);
    }

    private Uni<Answer> page(int status, Visit visit, Visitor visitor, CampaignOrderWords order, String refusal) {
        return calls.make(
                        visit,
                        visitor,
                        OneCampaignPage.describe(visit),
                        () -> campaigns.one(visitor.accountId(), visit.part(1)))
                .map(detail -> new Question(order, detail, refusal))
                .map(question -> Answer.page(
                        status, Templates.campaignOrder(Frame.of(question.title(), visit, visitor), question)));
    }

    private static CampaignOrderWords order(Visit visit) {
        return CampaignOrderWords.ofLabel(visit.part(2)).orElseThrow(ConsoleFaults::noSuchPage);
    }

    private static Operation operation(Visit visit, CampaignOrderWords order) {
        return OneCampaignPage.operation(
                order.operation(), visit, "/" + order.order().label());
    }
}
