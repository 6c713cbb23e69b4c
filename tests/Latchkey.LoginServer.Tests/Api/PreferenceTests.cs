using System.Net;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class PreferenceTests : IAsyncLifetime
{
    private const string Preferences = "/v4/profile/preferences";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task They_come_back_as_they_went_and_replace_what_was_there()
    {
        var token = await _server.TokenAsync();
        Assert.Equal("{}", (await _server.CallAsync(token, "GET", Preferences)).Body);
        const string First = """{ "theme":"dark", "sort":{"b":[1,2.50,null]}, "\u00fc":"\ud83d\udd11" }""";
        foreach (var body in (string[])[First, """{"other":true}""", "{}"])
        {
            var kept = await _server.CallAsync(token, "PUT", Preferences, body);
            kept.Expect(HttpStatusCode.OK);
            Assert.Equal((body, "application/json"), (kept.Body, kept.ContentType));
            Assert.Equal(body, (await _server.CallAsync(token, "GET", "/v4beta/profile/preferences")).Body);
        }
    }

    [Fact]
    public async Task They_are_each_users_own()
    {
        var (mine, theirs) = (await _server.TokenAsync(), await _server.OtherTokenAsync());
        await _server.CallAsync(mine, "PUT", Preferences, """{"mine":1}""");
        Assert.Equal("{}", (await _server.CallAsync(theirs, "GET", Preferences)).Body);
        await _server.CallAsync(theirs, "PUT", Preferences, """{"theirs":1}""");
        Assert.Equal("""{"mine":1}""", (await _server.CallAsync(mine, "GET", Preferences)).Body);
    }

    [Fact, Spec("XI-01")]
    public async Task They_may_be_65535_characters_long_whatever_a_character_takes()
    {
        var token = await _server.TokenAsync();
        string Of(int length, char c) => $$"""{"a":"{{new string(c, length - 8)}}"}""";
        (await _server.CallAsync(token, "PUT", Preferences, Of(65_535, '\u20ac'))).Expect(HttpStatusCode.OK);
        (await _server.CallAsync(token, "PUT", Preferences, Of(65_535, 'x'))).Expect(HttpStatusCode.OK);
        Assert.Equal("-", (await _server.CallAsync(token, "PUT", Preferences, Of(65_536, 'y'))).Fields());
        (await _server.CallAsync(token, "PUT", Preferences, Of(300_000, 'z'))).Expect(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(Of(65_535, 'x'), (await _server.CallAsync(token, "GET", Preferences)).Body);
    }
}
