using Latchkey.Protocol;

namespace Latchkey.CloudApi.Tests.Envelope;

public sealed class ApiPathTests
{
    [Theory, Spec("RA-12")]
    [InlineData("/v4//account/oauth-clients/1/thumbnail", "/v4/account/oauth-clients/1/thumbnail")]
    [InlineData("/v4beta//profile", "/v4beta/profile")]
    [InlineData("/v4/profile", "/v4/profile")]
    [InlineData("/v4///profile", "/v4///profile")]
    [InlineData("/v4/profile//tokens", "/v4/profile//tokens")]
    [InlineData("//v4/profile", "//v4/profile")]
    [InlineData("/v4//", "/v4//")]
    [InlineData("/v4", "/v4")]
    [InlineData("", "")]
    public void One_slash_behind_the_version_is_taken_away_and_no_other(string path, string expected) =>
        Assert.Equal(expected, ApiPath.WithoutDoubledSlash(path));
}
