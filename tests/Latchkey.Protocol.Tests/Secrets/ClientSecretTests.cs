using System.Text.RegularExpressions;

namespace Latchkey.Protocol.Tests.Secrets;

public sealed class ClientSecretTests
{
    [Fact]
    public void A_secret_matches_the_hash_that_was_kept_of_it()
    {
        var secret = ClientSecret.Generate();

        Assert.True(new ClientSecret(secret.Reveal()).Matches(secret.Hash()));
        Assert.False(ClientSecret.Generate().Matches(secret.Hash()));
        Assert.False(new ClientSecret(secret.Reveal().ToUpperInvariant()).Matches(secret.Hash()));
    }

    [Fact]
    public void A_hash_that_is_absent_or_cut_short_matches_nothing()
    {
        var secret = ClientSecret.Generate();

        Assert.False(secret.Matches([]));
        Assert.False(secret.Matches(secret.Hash().AsSpan(0, 31)));
    }

    [Fact]
    public void The_hash_is_sha_256() =>
        Assert.Equal(
            "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",   // FIPS 180-4's example
            Convert.ToHexString(new ClientSecret("abc").Hash()));

    [Fact]
    [Spec("AZ-52")]
    public void Secrets_are_256_random_bits_in_lower_case_hex()
    {
        var secrets = Enumerable.Range(0, 1000).Select(_ => ClientSecret.Generate().Reveal()).ToList();

        Assert.All(secrets, s => Assert.Matches(new Regex("^[0-9a-f]{64}$"), s));
        Assert.Equal(1000, secrets.Select(s => s[..16]).Distinct().Count());
    }
}
