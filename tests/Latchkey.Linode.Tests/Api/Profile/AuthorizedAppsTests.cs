using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Api;

public sealed class AuthorizedAppsTests
{
    private const string App =
        """
        {"id":123,"label":"example-app","scopes":"linodes:read_only newfamily:read_only","website":"example.org",
         "thumbnail_url":"https://api.linode.com/v4/account/clients/1/thumbnail","created":"2026-01-01T00:01:01","expiry":null}
        """;

    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task An_app_is_read()
    {
        _api.Answers(App);

        var app = await Client().Profile.Apps.GetAsync(123, TestContext.Current.CancellationToken);

        Assert.Equal((123, "example-app", "example.org"), (app.Id, app.Label, app.Website?.OriginalString));
        Assert.Equal(ScopeSet.Parse("linodes:read_only newfamily:read_only"), app.Scopes);
        Assert.Equal("/v4/account/clients/1/thumbnail", app.ThumbnailUrl?.AbsolutePath);
        Assert.Null(app.Expiry);
    }

    [Fact]
    public async Task Each_verb_goes_to_its_path()
    {
        _api.Answers($$"""{"data":[{{App}}],"page":1,"pages":1,"results":1}""").Answers(App).Answers("{}");
        var apps = Client().Profile.Apps;

        Assert.Single(await apps.ListAsync(AuthorizedAppFields.Label.Is("example-app")).ToListAsync(TestContext.Current.CancellationToken));
        await apps.GetAsync(123, TestContext.Current.CancellationToken);
        await apps.DeleteAsync(123, TestContext.Current.CancellationToken);

        Assert.Equal(["GET /v4/profile/apps", "GET /v4/profile/apps/123", "DELETE /v4/profile/apps/123"], _api.Sent.Select(s => s.Line()));
        Assert.Equal("""{"label":"example-app"}""", _api.Sent[0].Filter);
    }

    private LinodeClient Client() => new("the-token", handler: _api);
}
