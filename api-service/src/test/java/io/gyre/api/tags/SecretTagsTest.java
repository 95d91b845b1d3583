package io.gyre.api.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.ListTagResourcesRequest;
import com.aliyun.kms20160120.models.ListTagResourcesResponseBody;
import com.aliyun.kms20160120.models.TagResourceRequest;
import com.aliyun.kms20160120.models.TagResourcesRequest;
import com.aliyun.kms20160120.models.UntagResourceRequest;
import com.aliyun.kms20160120.models.UntagResourcesRequest;
import com.aliyuncs.http.FormatType;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretTagsTest {
    private static final String REGION = "cn-hangzhou";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void theElderActionsSetReplaceAndTakeTags() throws Exception {
        String name = secrets.create(secrets.generic().setTags("[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]"));
        tag(name, "[{\"TagKey\":\"stage\",\"TagValue\":\"生产 1\"},{\"TagKey\":\"team\",\"TagValue\":\"orders\"}]");
        assertEquals("team=orders, stage=生产 1", described(name));
        untag(name, "[\"stage\",\"absent\"]");
        assertEquals("team=orders", described(name));
    }

    @Test
    void theNewerActionsTagSeveralSecretsOrNone() throws Exception {
        String first = secrets.create(secrets.generic());
        String second = secrets.create(secrets.rdsSingle());
        tagAll(List.of(first, second), "owner", "ops", "tier", "");
        assertEquals("owner=ops, tier=", described(first));
        assertEquals("owner=ops, tier=", described(second));
        Refusal.expect(
                404,
                "InvalidResourceId.NotFound",
                "The specified ResourceId is not found.",
                () -> tagAll(List.of(first, "absent", second), "owner", "nobody"));
        assertEquals("owner=ops, tier=", described(first));
        untagAll(List.of(first, second), List.of("tier"), null);
        assertEquals("owner=ops", described(second));
        untagAll(List.of(first), null, true);
        assertEquals("", described(first));
        assertEquals("owner=ops", described(second));
    }

    @Test
    void theElderSdkTagsByTheNewerActionToo() throws Exception {
        String name = secrets.create(secrets.generic());
        com.aliyuncs.kms.model.v20160120.TagResourcesRequest request =
                new com.aliyuncs.kms.model.v20160120.TagResourcesRequest();
        com.aliyuncs.kms.model.v20160120.TagResourcesRequest.Tag tag =
                new com.aliyuncs.kms.model.v20160120.TagResourcesRequest.Tag();
        tag.setKey("owner");
        tag.setValue("ops");
        request.setResourceType("secret");
        request.setResourceIds(List.of(name));
        request.setTags(List.of(tag));
        clients.legacy().getAcsResponse(clients.here(request, FormatType.XML));
        com.aliyuncs.kms.model.v20160120.ListTagResourcesRequest list =
                new com.aliyuncs.kms.model.v20160120.ListTagResourcesRequest();
        list.setResourceType("secret");
        list.setResourceIds(List.of(name));
        for (FormatType format : List.of(FormatType.JSON, FormatType.XML)) {
            var found = clients.legacy()
                    .getAcsResponse(clients.here(list, format))
                    .getTagResources()
                    .get(0);
            assertEquals(
                    name + " secret owner=ops",
                    found.getResourceId() + " " + found.getResourceType() + " " + found.getTagKey() + "="
                            + found.getTagValue());
        }
    }

    @Test
    void tagsAreListedByResourcesAndByTagsThatTheyCarryTogether() throws Exception {
        String a = secrets.create(secrets.generic().setSecretName("tagged/a"));
        String b = secrets.create(secrets.generic().setSecretName("tagged/b"));
        String c = secrets.create(secrets.generic().setSecretName("tagged/c"));
        tagAll(List.of(a, b), "listed", "yes", "zone", "1");
        tagAll(List.of(c), "listed", "no");
        assertEquals(List.of("tagged/a listed=yes", "tagged/a zone=1"), list(List.of(a)));
        assertEquals(
                List.of("tagged/a listed=yes", "tagged/a zone=1", "tagged/b listed=yes", "tagged/b zone=1"),
                list(null, "listed", "yes", "zone", null));
        assertEquals(List.of("tagged/c listed=no"), list(List.of(a, c), "listed", "no"));
        assertEquals(List.of(), list(List.of("absent")));
        assertEquals(List.of("tagged/c listed=no"), list(List.of("acs:kms:cn-hangzhou:1000000000000001:secret/" + c)));
    }

    @Test
    void aLongListComesInPagesWithoutLossOrRepetition() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            String tags = IntStream.range(0, 20)
                    .mapToObj(t -> "{\"TagKey\":\"k" + t + "\",\"TagValue\":\"\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            names.add(secrets.create(secrets.generic().setTags(tags)));
        }
        ListTagResourcesRequest request = listing(names);
        List<String> all = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        do {
            ListTagResourcesResponseBody page =
                    clients.current().listTagResources(request).getBody();
            List<String> found = told(page);
            pages.add(found.size());
            all.addAll(found);
            request.setNextToken(page.getNextToken());
        } while (request.getNextToken() != null);
        assertEquals(List.of(100, 100, 20), pages);
        assertEquals(220, all.stream().distinct().count());
        for (String bad : List.of("x", "AAAA", "%%")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .listTagResources(listing(names).setNextToken(bad)));
        }
    }

    @Test
    void tagsHaveTheirLimits() throws Exception {
        String name = secrets.create(secrets.generic());
        String key128 = "k".repeat(128);
        tagAll(List.of(name), key128, "v".repeat(128));
        String before = rows.everythingKept();
        for (String key : List.of("", "k".repeat(129), "aliyun-x", "acs:x", "a%b", "a\nb")) {
            Refusal.expect(400, "InvalidParameter.TagKey", () -> tagAll(List.of(name), key, "v"));
            Refusal.expect(
                    400,
                    "InvalidParameter",
                    () -> clients.call(
                            "TagResource",
                            Map.of("SecretName", name, "Tags", "[{\"TagKey\":\"" + key.replace("\n", "\\n") + "\"}]")));
        }
        Refusal.expect(400, "InvalidParameter.TagValue", () -> tagAll(List.of(name), "k", "v".repeat(129)));
        Refusal.expect(
                400,
                "Duplicate.TagKey",
                "The specified tagKey is duplicate.",
                () -> tagAll(List.of(name), "k", "1", "k", "2"));
        Refusal.expect(
                400, "Duplicate.TagKey", "The specified tagKey is duplicate.", () -> list(null, "k", "1", "k", "2"));
        String[] twenty =
                IntStream.range(0, 40).mapToObj(i -> i % 2 == 0 ? "k" + i : "v").toArray(String[]::new);
        Refusal.expect(400, "InvalidParameter", () -> tagAll(List.of(name), twenty));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void whatATagRequestMustNameIsAskedFor() throws Exception {
        String name = secrets.create(secrets.generic());
        Map<String, String> whole = Map.of(
                "RegionId", REGION, "ResourceType", "secret", "ResourceId.1", name, "Tag.1.Key", "k", "TagKey.1", "k");
        for (String action : List.of("TagResources", "UntagResources")) {
            for (String parameter : List.of("RegionId", "ResourceType", "ResourceId.1")) {
                Refusal.expect(
                        400,
                        "MissingParameter",
                        "The parameter \"" + parameter + "\" is needed but not provided.",
                        () -> clients.call(action, without(whole, parameter)));
            }
        }
        Refusal.expect(400, "MissingParameter", () -> clients.call("TagResources", without(whole, "Tag.1.Key")));
        Refusal.expect(400, "MissingParameter", () -> clients.call("UntagResources", without(whole, "TagKey.1")));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .listTagResources(
                        new ListTagResourcesRequest().setRegionId("cn-beijing").setResourceType("secret")));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .listTagResources(
                        new ListTagResourcesRequest().setRegionId(REGION).setResourceType("instance")));
        Refusal.expect(400, "MissingParameter", () -> tag(null, "[]"));
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> tag("absent", "[]"));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .tagResource(new TagResourceRequest()
                        .setSecretName(name)
                        .setCertificateId("c-1")
                        .setTags("[]")));
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .tagResource(new TagResourceRequest().setCertificateId("c-1").setTags("[]")));
    }

    @Test
    void aSecretPlannedForDeletionKeepsItsTags() throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(name));
        tag(name, "[{\"TagKey\":\"left\",\"TagValue\":\"over\"}]");
        assertEquals("left=over", described(name));
    }

    private static Map<String, String> without(Map<String, String> parameters, String name) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(name))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void tag(String name, String tags) throws Exception {
        clients.current()
                .tagResource(new TagResourceRequest().setSecretName(name).setTags(tags));
    }

    private void untag(String name, String keys) throws Exception {
        clients.current()
                .untagResource(new UntagResourceRequest().setSecretName(name).setTagKeys(keys));
    }

    private void tagAll(List<String> names, String... keysAndValues) throws Exception {
        List<TagResourcesRequest.TagResourcesRequestTag> tags = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.add(new TagResourcesRequest.TagResourcesRequestTag()
                    .setKey(keysAndValues[i])
                    .setValue(keysAndValues[i + 1]));
        }
        clients.current()
                .tagResources(new TagResourcesRequest()
                        .setRegionId(REGION)
                        .setResourceType("secret")
                        .setResourceId(names)
                        .setTag(tags));
    }

    private void untagAll(List<String> names, List<String> keys, Boolean all) throws Exception {
        clients.current()
                .untagResources(new UntagResourcesRequest()
                        .setRegionId(REGION)
                        .setResourceType("secret")
                        .setResourceId(names)
                        .setTagKey(keys)
                        .setAll(all));
    }

    private static ListTagResourcesRequest listing(List<String> names) {
        return new ListTagResourcesRequest()
                .setRegionId(REGION)
                .setResourceType("secret")
                .setResourceId(names);
    }

    private List<String> list(List<String> names, String... keysAndValues) throws Exception {
        List<ListTagResourcesRequest.ListTagResourcesRequestTag> tags = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.add(new ListTagResourcesRequest.ListTagResourcesRequestTag()
                    .setKey(keysAndValues[i])
                    .setValue(keysAndValues[i + 1]));
        }
        ListTagResourcesResponseBody answer =
                clients.current().listTagResources(listing(names).setTag(tags)).getBody();
        assertNull(answer.getNextToken());
        return told(answer);
    }

    private static List<String> told(ListTagResourcesResponseBody answer) {
        return answer.getTagResources().getTagResource().stream()
                .map(tag -> {
                    assertEquals("secret", tag.getResourceType());
                    return tag.getResourceId() + " " + tag.getTagKey() + "=" + tag.getTagValue();
                })
                .toList();
    }

    private String described(String name) throws Exception {
        return clients
                .current()
                .describeSecret(new DescribeSecretRequest().setSecretName(name).setFetchTags("true"))
                .getBody()
                .getTags()
                .getTag()
                .stream()
                .map(tag -> tag.getTagKey() + "=" + tag.getTagValue())
                .collect(Collectors.joining(", "));
    }
}
