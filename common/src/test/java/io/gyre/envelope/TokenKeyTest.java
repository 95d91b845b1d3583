package io.gyre.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against SoftHSM, where Debian's package softhsm2 is: a PKCS#11 token in software, whose keys do not leave it either. */
class TokenKeyTest {
    private static final Pattern SLOT = Pattern.compile("slot (\\d+)");
    private static final String PIN = "1234";
    private static final byte[] ABOUT = "about".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path library = Path.of("");
    private static long slot;

    @BeforeAll
    static void aTokenWithKeys() throws Exception {
        Optional<Path> installed = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst();
        assumeTrue(installed.isPresent(), "Debian's package softhsm2 is not installed");
        library = installed.get();
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Files.writeString(
                configuration,
                "directories.tokendir = " + Files.createDirectory(shared.resolve("tokens")) + "\nlog.level = ERROR\n");
        Process made = new ProcessBuilder(
                        "softhsm2-util", "--init-token", "--free", "--label", "gyre", "--pin", PIN, "--so-pin", "5678")
                .redirectErrorStream(true)
                .start();
        Matcher said = SLOT.matcher(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        long last = -1;
        while (said.find()) {
            last = Long.parseLong(said.group(1));
        }
        assertEquals(0, made.waitFor());
        slot = last;
        key("wrapping", false);
        key("another", false);
        key("loose", true);
    }

    /** As docs/root-keys.md has keytool make one. */
    private static void key(String label, boolean extractable) throws Exception {
        Provider token = Security.getProvider("SunPKCS11")
                .configure("--name = maker\nlibrary = \"" + library + "\"\nslot = " + slot
                        + "\nattributes(generate, CKO_SECRET_KEY, CKK_AES) = {\nCKA_SENSITIVE = " + !extractable
                        + "\nCKA_EXTRACTABLE = " + extractable + "\n}\n");
        KeyStore keys = KeyStore.getInstance("PKCS11", token);
        keys.load(null, PIN.toCharArray());
        KeyGenerator generator = KeyGenerator.getInstance("AES", token);
        generator.init(256);
        keys.setKeyEntry(label, generator.generateKey(), null, null);
        ((AuthProvider) token).logout();
    }

    private Path file(String name, String content) throws Exception {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    private Path pin() throws Exception {
        Path file = folder.resolve("pin");
        return Files.exists(file) ? file : file("pin", PIN + "\n");
    }

    private record Token(Optional<Path> library, Optional<Long> slot, Optional<String> key, Optional<Path> pinFile)
            implements Pkcs11Settings {}

    private record NoCloud(Optional<String> uri, Optional<Path> credentialsFile) implements KmsSettings {}

    private RootKeySource source(String label, Path wrapped) throws Exception {
        return new RootKeySource(
                "GYRE_ROOT_KEY",
                Optional.empty(),
                Optional.empty(),
                Optional.of(wrapped),
                new Token(Optional.of(library), Optional.of(slot), Optional.of(label), Optional.of(pin())),
                new NoCloud(Optional.empty(), Optional.empty()));
    }

    private WrappedRootKey fresh() throws Exception {
        try (TokenKey key = TokenKey.of(library, slot, "wrapping", pin())) {
            return WrappedRootKey.fresh(key);
        }
    }

    @Test
    void theTokenEncryptsForItsWordsAlone() throws Exception {
        byte[] plain = SealingKey.random();
        try (TokenKey key = TokenKey.of(library, slot, "wrapping", pin());
                TokenKey another = TokenKey.of(library, slot, "another", pin())) {
            byte[] sealed = key.encrypt(plain, ABOUT);
            assertArrayEquals(plain, key.decrypt(sealed, ABOUT));
            assertThrows(GeneralSecurityException.class, () -> key.decrypt(sealed, new byte[1]));
            assertThrows(GeneralSecurityException.class, () -> another.decrypt(sealed, ABOUT));
            assertThrows(GeneralSecurityException.class, () -> key.decrypt(new byte[5], ABOUT));
            sealed[20] ^= 1;
            assertThrows(GeneralSecurityException.class, () -> key.decrypt(sealed, ABOUT));
            assertEquals("***", key.toString());
        }
    }

    @Test
    void aStartUnwrapsTheRootKeyThatTheTokenWrapped() throws Exception {
        WrappedRootKey wrapped = fresh();
        Path file = file("wrapped", wrapped.base64() + "\n");
        assertEquals(wrapped.id(), source("wrapping", file).key().orElseThrow().id());
        assertEquals(wrapped.id(), source("wrapping", file).key().orElseThrow().id(), "and the next start");
        String refusal = refusal("another", file);
        assertTrue(refusal.startsWith("The root key cannot be unwrapped: it was wrapped by another key"), refusal);
        assertTrue(refusal("wrapping", file("spoilt", "no base64!")).contains("holds no wrapped root key"));
        assertTrue(refusal("wrapping", folder.resolve("absent")).contains("holds no wrapped root key"));
    }

    private String refusal(String label, Path wrapped) throws Exception {
        RootKeySource source = source(label, wrapped);
        return assertThrows(EnvelopeException.class, source::key).getMessage();
    }

    @Test
    void aRootKeyOfAFileIsTheSameOnceATokenWrapsIt() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(SealingKey.random());
        Path file = file("root.key", base64);
        try (TokenKey key = TokenKey.of(library, slot, "wrapping", pin())) {
            WrappedRootKey wrapped = WrappedRootKey.ofFile(file, key);
            assertEquals(RootKey.inFile(file).id(), wrapped.id());
            assertFalse(wrapped.toString().contains(base64));
        }
    }

    @Test
    void whatIsNotRightIsSaidInOneSentence() throws Exception {
        Path wrapped = file("wrapped", fresh().base64());
        assertTrue(refusal("absent", wrapped).contains("has no AES key with the label \"absent\""));
        assertTrue(refusal("loose", wrapped).contains("The key \"loose\" of the PKCS#11 token can leave it"));
        Path wrong = file("wrong", "4321");
        Path open = file("open", PIN);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        for (List<String> each : List.of(
                List.of(library.toString(), Long.toString(slot), wrong.toString(), "refuses the PIN of " + wrong),
                List.of(library.toString(), Long.toString(slot), open.toString(), "run chmod 600 on it"),
                List.of(library.toString(), "4242", pin().toString(), "slot 4242"),
                List.of(folder + "/absent.so", Long.toString(slot), pin().toString(), "absent.so cannot be read"),
                List.of(wrong.toString(), Long.toString(slot), pin().toString(), "cannot be used with slot"))) {
            String refusal = assertThrows(
                            EnvelopeException.class,
                            () -> TokenKey.of(
                                    Path.of(each.get(0)),
                                    Long.parseLong(each.get(1)),
                                    "wrapping",
                                    Path.of(each.get(2))))
                    .getMessage();
            assertTrue(refusal.contains(each.get(3)), refusal);
            assertFalse(refusal.contains("4321"), refusal);
        }
    }
}
