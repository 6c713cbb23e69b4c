using System.Reflection;
using System.Text.RegularExpressions;

namespace Latchkey.Protocol.Tests.Errors;

public sealed class OAuthErrorsTests
{
    public static TheoryData<string, OAuthError> Catalogue => new(
        typeof(OAuthErrors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (f.Name, (OAuthError)f.GetValue(null)!)));

    [Theory]
    [MemberData(nameof(Catalogue))]
    [Spec("TK-45"), Spec("RFC6749-5.2")]
    public void Code_and_description_keep_to_the_characters_allowed(string name, OAuthError error)
    {
        Assert.Equal(name, string.Concat(error.Code.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..])));
        Assert.Matches(new Regex("^[ !\\x23-\\x5B\\x5D-\\x7E]+$"), error.Description);
        Assert.Matches(new Regex("^[a-z_]+$"), error.Code);
    }

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Each_has_an_http_status_and_a_section(string name, OAuthError error)
    {
        Assert.NotEmpty(name);
        Assert.InRange(error.Status, 400, 503);
        Assert.Matches(new Regex("^(RFC \\d+|OpenID Connect Core) §"), error.Section);
    }

    [Fact]
    public void A_reason_at_hand_replaces_the_description_only()
    {
        var error = OAuthErrors.InvalidRequest.Because("code_challenge is missing.", OAuthParameters.CodeChallenge);

        Assert.Equal(OAuthErrors.InvalidRequest with { Description = "code_challenge is missing.", Field = "code_challenge" }, error);
        Assert.Null(OAuthErrors.InvalidRequest.Field);
    }

    [Theory]
    [InlineData("invalid_client", 401)]
    [InlineData("invalid_token", 401)]
    [InlineData("insufficient_scope", 403)]
    [InlineData("temporarily_unavailable", 503)]
    [InlineData("invalid_grant", 400)]
    [Spec("RFC6750-3.1")]
    public void The_status_is_the_one_specified(string code, int status) =>
        Assert.Equal(status, Catalogue.Single(row => row.Data.Item2.Code == code).Data.Item2.Status);
}
