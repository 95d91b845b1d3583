package io.gyre.api.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The pages' HTML, checked against what they are given when Gyre is built. */
@CheckedTemplate(basePath = "console")
final class Templates {
    private Templates() {}

    static native TemplateInstance overview(Frame frame, Visitor visitor, Optional<OverviewPart> part, String refusal);

    static native TemplateInstance overviewPart(OverviewPart part);

    static native TemplateInstance login(Frame frame, String wanted, String refusal);

    static native TemplateInstance password(Frame frame, boolean required, String refusal);

    static native TemplateInstance rotationRole(Frame frame, RotationRolePage.Consent consent);

    static native TemplateInstance secrets(Frame frame, SecretList list);

    static native TemplateInstance rotation(Frame frame, RotationView view);

    static native TemplateInstance rotationPart(RotationView view);

    static native TemplateInstance drawing(RotationDrawing drawing);

    static native TemplateInstance access(Frame frame, AccessPage.Identities found);

    static native TemplateInstance identity(Frame frame, IdentitySeen seen);

    static native TemplateInstance policies(Frame frame, PoliciesPage.Found found);

    static native TemplateInstance policy(Frame frame, OnePolicyPage.Found found);

    static native TemplateInstance points(Frame frame, PointsPage.Found found);

    static native TemplateInstance point(Frame frame, OnePointPage.Found found);

    static native TemplateInstance accessTest(Frame frame, AccessTestPage.Trial trial);

    static native TemplateInstance campaigns(Frame frame, CampaignsPage.Found found);

    static native TemplateInstance campaign(Frame frame, CampaignSeen view);

    static native TemplateInstance campaignPart(CampaignSeen view);

    static native TemplateInstance campaignSecrets(Frame frame, CampaignSecretsPage.Found found);

    static native TemplateInstance campaignOrder(Frame frame, CampaignOrderPage.Question question);

    static native TemplateInstance campaignDryRun(Frame frame, CampaignDryRunPage.Seen seen);

    static native TemplateInstance createCampaign(Frame frame, CreateCampaignPage.Wanted wanted);

    static native TemplateInstance order(Frame frame, OrderPage.Question question);

    static native TemplateInstance rotations(Frame frame, RotationList list);

    static native TemplateInstance secret(Frame frame, SecretSeen seen);

    static native TemplateInstance instances(Frame frame, List<InstanceLine> lines);

    static native TemplateInstance renewal(Frame frame, InstanceLine line, String days, String refusal);

    static native TemplateInstance newSecretChoice(Frame frame, List<NewSecretKind> kinds);

    static native TemplateInstance newSecret(Frame frame, NewSecretForm form);

    static native TemplateInstance newSecretReview(Frame frame, NewSecretReview review);

    static native TemplateInstance backup(Frame frame, InstanceLine line, String refusal);

    static native TemplateInstance restore(Frame frame, RestorePage.Wanted wanted);

    static native TemplateInstance audit(Frame frame, AuditPage.Found found);

    static native TemplateInstance kafka(Frame frame, KafkaSeen seen);

    static native TemplateInstance deadLetter(Frame frame, LetterSeen seen);

    static native TemplateInstance replay(Frame frame, ReplayPage.Question question);

    static native TemplateInstance refusal(Frame frame, String sentence);
}
