package io.gyre.api.access;

import io.gyre.envelope.RootKeySettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Optional;

/** What this installation is. */
@ConfigMapping(prefix = "gyre")
public interface Installation extends RootKeySettings {
    /** The region that it stands for; a part of every ARN. */
    @WithDefault("cn-hangzhou")
    @Pattern(regexp = "[a-z0-9-]{1,32}", message = "must be a region's name, for example cn-hangzhou")
    String region();

    /** The account that everything belongs to; a part of every ARN. */
    @WithDefault("1000000000000001")
    @Pattern(regexp = "[0-9]{1,32}", message = "must be an account's number, for example 1000000000000001")
    String account();

    /** Where the very first start writes the administrator's AccessKey. */
    Optional<Path> administratorKeyFile();
}
