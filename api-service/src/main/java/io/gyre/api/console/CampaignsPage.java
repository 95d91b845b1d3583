package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.CampaignPage;
import io.gyre.api.operations.ViewedCampaigns;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /console/campaigns}: campaigns, the latest first, with how far each is. */
@ApplicationScoped
class CampaignsPage implements Page {
    static final String PATH = "campaigns";

    static final Operation LIST = new Operation("ListCampaigns", PATH);

    private static final List<String> STATES =
            List.of("", "Running", "Paused", "Stopped", "Ended", "RollingBack", "RolledBack");

    private final ConsoleReads reads;
    private final ViewedCampaigns campaigns;
    private final ConsoleCalls calls;

    CampaignsPage(ConsoleReads reads, ViewedCampaigns campaigns, ConsoleCalls calls) {
        this.reads = reads;
        this.campaigns = campaigns;
        this.calls = calls;
    }

    /** One of the choices above the list. */
    record Choice(String words, String address, boolean chosen) {}

    /**
     * What came of a question for campaigns.
     *
     * @param more the address of the next page; empty on the last one
     * @param refusal why it cannot be asked for so; empty where it can
     */
    record Found(String state, List<CampaignLine> lines, String more, String refusal) {
        public List<Choice> states() {
            return STATES.stream()
                    .map(each -> new Choice(
                            each.isEmpty() ? "all" : CampaignLine.words(each), address(each, ""), each.equals(state)))
                    .toList();
        }
    }

    static String address(String id) {
        return ConsoleRoutes.ROOT + PATH + "/" + id;
    }

    private static String address(String state, String nextToken) {
        Map<String, String> given = new TreeMap<>(Map.of("state", state, "nextToken", nextToken));
        given.values().removeIf(String::isEmpty);
        return ConsoleRoutes.ROOT + PATH + (given.isEmpty() ? "" : "?" + new Query(given).text());
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String state = visit.query().text("state");
        return calls.make(
                        visit,
                        visitor,
                        LIST,
                        () -> campaigns.page(
                                visitor.accountId(),
                                state,
                                visit.query().text("limit"),
                                visit.query().text("nextToken")))
                .chain(page -> found(state, page))
                .map(found -> page(200, visit, visitor, found))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 400)
                .recoverWithItem(failure ->
                        page(400, visit, visitor, new Found(state, List.of(), "", ((RpcFault) failure).text())));
    }

    private Uni<Found> found(String state, CampaignPage page) {
        return campaigns.counts(page.campaigns()).chain(counts -> reads.now()
                .map(now -> new Found(
                        state,
                        page.campaigns().stream()
                                .map(each -> new CampaignLine(each, counts.get(each.campaignId()), now.calendar()))
                                .toList(),
                        page.nextToken() == null ? "" : address(state, page.nextToken()),
                        "")));
    }

    private static Answer page(int status, Visit visit, Visitor visitor, Found found) {
        return Answer.page(status, Templates.campaigns(Frame.of("Campaigns", visit, visitor), found));
    }
}
