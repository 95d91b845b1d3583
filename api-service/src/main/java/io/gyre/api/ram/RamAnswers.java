package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.store.RamPolicy;
import io.gyre.store.RamPolicyVersion;
import io.gyre.store.RamRole;
import io.gyre.store.RamUser;
import io.gyre.store.StoredAccessKey;

/** Users, roles, keys and policies as RAM's SDKs read them. */
final class RamAnswers {
    private RamAnswers() {}

    /** An answer that holds one thing under its name. */
    static ObjectNode one(String name, ObjectNode thing) {
        ObjectNode answer = WireJson.answer();
        answer.set(name, thing);
        return answer;
    }

    static ObjectNode user(RamUser user) {
        return WireJson.answer()
                .put("UserId", user.userId())
                .put("UserName", user.userName())
                .put("DisplayName", user.displayName())
                .put("MobilePhone", user.mobilePhone())
                .put("Email", user.email())
                .put("Comments", user.comments())
                .put("CreateDate", WireTime.text(user.createdAt()))
                .put("UpdateDate", WireTime.text(user.updatedAt()));
    }

    /** Lists leave the trust policy out, as RAM's do. */
    static ObjectNode role(RamRole role) {
        return WireJson.answer()
                .put("RoleId", role.roleId())
                .put("RoleName", role.roleName())
                .put("Arn", RamArn.role(role.accountId(), role.roleName()))
                .put("Description", role.description())
                .put("MaxSessionDuration", role.maxSessionSeconds())
                .put("CreateDate", WireTime.text(role.createdAt()))
                .put("UpdateDate", WireTime.text(role.updatedAt()));
    }

    static ObjectNode wholeRole(RamRole role) {
        return role(role).put("AssumeRolePolicyDocument", role.trustPolicy());
    }

    /** Without the secret half. */
    static ObjectNode accessKey(StoredAccessKey key) {
        return WireJson.answer()
                .put("AccessKeyId", key.accessKeyId())
                .put("Status", key.active() ? "Active" : "Inactive")
                .put("CreateDate", WireTime.text(key.createdAt()));
    }

    static ObjectNode loginProfile(String userName, LoginProfiles.Profile profile) {
        return WireJson.answer()
                .put("UserName", userName)
                .put("PasswordResetRequired", profile.resetRequired())
                .put("MFABindRequired", false)
                .put("CreateDate", WireTime.text(profile.createdAt()));
    }

    static ObjectNode policy(RamPolicy policy) {
        return WireJson.answer()
                .put("PolicyName", policy.policyName())
                .put("PolicyType", PolicyType.CUSTOM)
                .put("Description", policy.description())
                .put("DefaultVersion", policy.defaultVersion())
                .put("CreateDate", WireTime.text(policy.createdAt()))
                .put("UpdateDate", WireTime.text(policy.updatedAt()));
    }

    /** A system policy has no dates: it came with the program. */
    static ObjectNode policy(SystemPolicies.SystemPolicy policy) {
        return WireJson.answer()
                .put("PolicyName", policy.name())
                .put("PolicyType", PolicyType.SYSTEM)
                .put("Description", policy.description())
                .put("DefaultVersion", SystemPolicies.VERSION);
    }

    static ObjectNode version(RamPolicyVersion version, boolean isDefault) {
        return WireJson.answer()
                .put("VersionId", version.versionId())
                .put("IsDefaultVersion", isDefault)
                .put("PolicyDocument", version.document())
                .put("CreateDate", WireTime.text(version.createdAt()));
    }

    static ObjectNode version(SystemPolicies.SystemPolicy policy) {
        return WireJson.answer()
                .put("VersionId", SystemPolicies.VERSION)
                .put("IsDefaultVersion", true)
                .put("PolicyDocument", policy.document());
    }
}
