package io.gyre.api.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages' HTML, checked against what they are given when Gyre is built. */
@CheckedTemplate(basePath = "console")
final class Templates {
    private Templates() {}

    static native TemplateInstance start(Frame frame, Visitor visitor);

    static native TemplateInstance login(Frame frame, String wanted, String refusal);

    static native TemplateInstance password(Frame frame, boolean required, String refusal);

    static native TemplateInstance rotationRole(Frame frame, RotationRolePage.Consent consent);

    static native TemplateInstance secrets(Frame frame, SecretList list);

    static native TemplateInstance refusal(Frame frame, String sentence);
}
