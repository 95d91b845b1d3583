package io.gyre.api.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.ListResourceTagsRequest;
import com.aliyun.kms20160120.models.ListTagResourcesRequest;
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
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeyTagsTest {
    private static final String REGION = "cn-hangzhou";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void theElderActionsSetListAndTakeTheTagsOfAKey() throws Exception {
        String key = key();
        tag(key, "[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]");
        tag("acs:kms:cn-hangzhou:1000000000000001:key/" + key, "[{\"TagKey\":\"stage\",\"TagValue\":\"\"}]");
        assertEquals(List.of(key + " team=payments", key + " stage="), listed(key));
        clients.current().untagResource(new UntagResourceRequest().setKeyId(key).setTagKeys("[\"team\"]"));
        assertEquals(List.of(key + " stage="), listed(key));
        var request = new com.aliyuncs.kms.model.v20160120.ListResourceTagsRequest();
        request.setKeyId(key);
        for (FormatType format : List.of(FormatType.JSON, FormatType.XML)) {
            var tag = clients.legacy()
                    .getAcsResponse(clients.here(request, format))
                    .getTags()
                    .get(0);
            assertEquals(key + " stage", tag.getKeyId() + " " + tag.getTagKey());
        }
    }

    @Test
    void theNewerActionsTagSeveralKeysAndListThemApartFromSecrets() throws Exception {
        List<String> keys = List.of(key(), key());
        String secret = secrets.create(secrets.generic().setTags("[{\"TagKey\":\"shared\",\"TagValue\":\"x\"}]"));
        clients.current()
                .tagResources(new TagResourcesRequest()
                        .setRegionId(REGION)
                        .setResourceType("key")
                        .setResourceId(keys)
                        .setTag(List.of(new TagResourcesRequest.TagResourcesRequestTag()
                                .setKey("shared")
                                .setValue("x"))));
        assertEquals(keys.stream().sorted().map(key -> key + " key").toList(), carrying("key"));
        assertEquals(List.of(secret + " secret"), carrying("secret"));
        clients.current()
                .untagResources(new UntagResourcesRequest()
                        .setRegionId(REGION)
                        .setResourceType("key")
                        .setResourceId(keys)
                        .setAll(true));
        assertEquals(List.of(), carrying("key"));
    }

    @Test
    void aKeyThatIsNotThereHasNoTags() throws Exception {
        String before = rows.everythingKept();
        String notFound = "The specified Key is not found.";
        Refusal.expect(404, "Forbidden.KeyNotFound", notFound, () -> tag("absent", "[]"));
        Refusal.expect(404, "Forbidden.KeyNotFound", notFound, () -> listed("absent"));
        Refusal.expect(404, "InvalidResourceId.NotFound", () -> clients.current()
                .tagResources(new TagResourcesRequest()
                        .setRegionId(REGION)
                        .setResourceType("key")
                        .setResourceId(List.of("absent"))
                        .setTag(List.of(new TagResourcesRequest.TagResourcesRequestTag().setKey("k")))));
        Refusal.expect(400, "MissingParameter", () -> listed(""));
        assertEquals(before, rows.everythingKept());
    }

    private String key() throws Exception {
        return clients.current()
                .createKey(new CreateKeyRequest())
                .getBody()
                .getKeyMetadata()
                .getKeyId();
    }

    private void tag(String key, String tags) throws Exception {
        clients.current().tagResource(new TagResourceRequest().setKeyId(key).setTags(tags));
    }

    private List<String> listed(String key) throws Exception {
        return clients
                .current()
                .listResourceTags(new ListResourceTagsRequest().setKeyId(key))
                .getBody()
                .getTags()
                .getTag()
                .stream()
                .map(tag -> tag.getKeyId() + " " + tag.getTagKey() + "=" + tag.getTagValue())
                .toList();
    }

    /** What has the tag shared=x. */
    private List<String> carrying(String type) throws Exception {
        return clients
                .current()
                .listTagResources(new ListTagResourcesRequest()
                        .setRegionId(REGION)
                        .setResourceType(type)
                        .setTag(List.of(new ListTagResourcesRequest.ListTagResourcesRequestTag()
                                .setKey("shared")
                                .setValue("x"))))
                .getBody()
                .getTagResources()
                .getTagResource()
                .stream()
                .map(tag -> tag.getResourceId() + " " + tag.getResourceType())
                .toList();
    }
}
