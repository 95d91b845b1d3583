package io.gyre.api.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/permissions.md is made from the table; {@code -Dgyre.write-documents=true} writes it anew. */
class PermissionsPageTest {
    private static final Path KEPT = Path.of("..", "docs", "permissions.md");

    @Test
    void thePageTellsWhatEachActionNeeds() throws Exception {
        String page = page();
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(KEPT, page);
        }
        assertEquals(page, Files.readString(KEPT));
    }

    private static String page() {
        return """
                # What each action needs

                Made from the table in the code (`RequiredPermissions`), and compared with it in each build;
                [access.md](access.md) tells how policies grant it. The account itself needs none of it.

                | resource | its ARN |
                |---|---|
                | a secret, a key, an alias | `acs:kms:REGION:ACCOUNT:secret/NAME`, `…:key/ID`, `…:alias/NAME` |
                | their containers | `acs:kms:REGION:ACCOUNT:secret`, `…:key`, `…:alias` |
                | everything in KMS | `acs:kms:REGION:ACCOUNT:*` |
                | a user, a role, a policy | `acs:ram::ACCOUNT:user/NAME`, `…:role/NAME`, `…:policy/NAME`; a policy of type System is of account `system` |
                | all users, roles, policies | `acs:ram::ACCOUNT:user/*`, `…:role/*`, `…:policy/*` |
                | a path of the operations API | `acs:gyre:REGION:ACCOUNT:rotations/ID` and the like, by what follows `/operations/v1/` |

                """ + table("KMS", "Kms") + table("RAM", "Ram") + table("STS", "Sts") + """
                ## Operations

                Each operation needs `gyre:` and its name, for example `gyre:RetryRotation`, on its path. Others need what they stand for:

                """ + rows("Operations");
    }

    private static String table(String title, String product) {
        return "## " + title + "\n\n" + rows(product) + "\n";
    }

    private static String rows(String product) {
        return "| action | needs | on |\n|---|---|---|\n"
                + RequiredPermissions.of(product).entrySet().stream()
                        .map(PermissionsPageTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Map.Entry<String, List<Need>> row) {
        if (row.getKey().equals("BatchGetSecretValue")) {
            return "| BatchGetSecretValue | of each secret what GetSecretValue needs | |\n";
        }
        if (row.getValue().isEmpty()) {
            return "| " + row.getKey() + " | nothing | |\n";
        }
        StringBuilder rows = new StringBuilder();
        String action = row.getKey();
        for (Need need : row.getValue()) {
            rows.append("| ")
                    .append(action)
                    .append(" | `")
                    .append(need.permission())
                    .append("` | ")
                    .append(need.place().words())
                    .append(" |\n");
            action = "";
        }
        return rows.toString();
    }
}
