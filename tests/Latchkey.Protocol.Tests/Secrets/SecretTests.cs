using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Latchkey.Protocol.Tests.Secrets;

public sealed class SecretTests
{
    private const string Text = "0123456789-a-text-that-must-not-be-seen-0123456789";

    [SuppressMessage("Performance", "CA1812", Justification = "Built below.")]
    private sealed record Session(string User, AccessToken Token, Secret? Other);

    public static TheoryData<string, Secret> OneOfEachKind => new()
    {
        { nameof(AccessToken), new AccessToken(Text) },
        { nameof(RefreshToken), new RefreshToken(Text) },
        { nameof(AuthorizationCode), new AuthorizationCode(Text) },
        { nameof(PersonalAccessToken), new PersonalAccessToken(Text) },
        { nameof(ClientSecret), new ClientSecret(Text) },
        { nameof(CodeVerifier), CodeVerifier.TryParse(Text, out var verifier) ? verifier : null! },
    };

    [Fact]
    public void Every_kind_of_secret_is_tested_here() =>
        Assert.Equal(
            typeof(Secret).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Secret))).Select(t => t.Name).Order(),
            OneOfEachKind.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    [Spec("LX-01"), Spec("CL-09")]
    public void A_secret_names_its_kind_and_nothing_else(string kind, Secret secret)
    {
        Assert.Equal($"{kind}(redacted)", secret.ToString());
        Assert.Equal($"token: {kind}(redacted)", $"token: {secret}");
        Assert.Equal($"{kind}(redacted)", string.Format(null, "{0}", secret));
        Assert.Equal(Text, secret.Reveal());
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    [Spec("LX-01")]
    public void A_record_that_holds_one_does_not_print_it(string kind, Secret secret)
    {
        var session = new Session("ada", new AccessToken(Text), secret);

        Assert.Contains($"{kind}(redacted)", session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Text, session.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    [Spec("LX-01")]
    public void Json_does_not_hold_it(string kind, Secret secret)
    {
        Assert.NotEmpty(kind);
        Assert.Equal("{}", JsonSerializer.Serialize(secret, secret.GetType()));
        Assert.DoesNotContain(Text, JsonSerializer.Serialize(new Session("ada", new AccessToken(Text), secret)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_property_or_field_of_a_secret_is_public()
    {
        var seen = typeof(Secret).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Secret)))
            .SelectMany(t => t.GetProperties().Cast<System.Reflection.MemberInfo>().Concat(t.GetFields().Where(f => !f.IsLiteral)));

        Assert.Empty(seen);
    }

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "Abc", false)]
    [InlineData("abc", "abcd", false)]
    [InlineData("\u00e9", "e\u0301", false)]     // no normalisation (XI-09)
    [InlineData("\ud800", "\ufffd", false)]      // a malformed character equals itself only
    [Spec("XI-09")]
    public void Two_secrets_are_equal_when_kind_and_text_are(string left, string right, bool equal)
    {
        Assert.Equal(equal, new AccessToken(left).Equals(new AccessToken(right)));
        Assert.Equal(equal, new AccessToken(left).Equals((object)new AccessToken(right)));
        Assert.False(new AccessToken(left).Equals(new RefreshToken(right)));
    }

    [Fact]
    public void A_secret_equals_no_null_and_no_string_and_its_hash_says_nothing_of_it()
    {
        var token = new AccessToken(Text);

        Assert.False(token.Equals(null));
        Assert.False(token.Equals((object)Text));
        Assert.Equal(new AccessToken("another").GetHashCode(), token.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void No_secret_is_empty(string? text) =>
        Assert.ThrowsAny<ArgumentException>(() => new AccessToken(text!));
}
