using System.Net;
using System.Text.Json;

namespace Latchkey.Cli.Tests.Grants;

public sealed class GrantCommandTests(DataFixture data, FirstStart first)
{
    [Fact]
    public async Task A_grant_is_listed_from_code_to_end()
    {
        using var app = await NewAppAsync("gertrude");
        var authorization = await app.AuthorizeAsync();
        var pending = await OnlyGrantAsync("--user", "gertrude");
        await app.RedeemAsync(authorization);
        var active = await OnlyGrantAsync("--client", app.Id);
        var revoked = (await data.JsonAsync("grant", "revoke", active.GetProperty("id").GetString()!)).Json();

        Assert.Equal("pending", pending.GetProperty("state").GetString());
        Assert.Equal("active", active.GetProperty("state").GetString());
        Assert.Equal("revoked", revoked.GetProperty("state").GetString());
        Assert.Equal("administrator", revoked.GetProperty("revoked_why").GetString());
        Assert.Equal(JsonValueKind.Null, active.GetProperty("revoked_why").ValueKind);
        Assert.All([pending, active, revoked], row =>
        {
            Assert.Equal(pending.GetProperty("id").GetString(), row.GetProperty("id").GetString());
            Assert.Equal(app.Id, row.GetProperty("client_id").GetString());
            Assert.Equal("gertrude", row.GetProperty("username").GetString());
            Assert.Equal("linodes:read_only", row.GetProperty("scopes").GetString());
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", row.GetProperty("created").GetString());
        });
    }

    [Fact]
    public async Task A_running_server_honours_a_revocation_at_its_next_request()
    {
        using var app = await NewAppAsync("rita");
        var (access, refresh) = await app.LogInAsync();
        Assert.True(await app.IsActiveAsync(access));

        (await data.RunAsync("grant", "revoke", (await OnlyGrantAsync("--user", "rita")).GetProperty("id").GetString()!)).Succeeded();

        Assert.False(await app.IsActiveAsync(access));
        Assert.Equal(HttpStatusCode.BadRequest, (await app.RefreshAsync(refresh)).Status);
    }

    [Theory]
    [InlineData("in UTC", "--issued-before", "yesterday")]
    [InlineData("in UTC", "--issued-before", "2026-01-31")]
    [InlineData("in UTC", "--issued-before", "2026-01-31T12:00:00")]
    [InlineData("in UTC", "--issued-before", "2026-01-31T12:00:00+01:00")]
    [InlineData("in the future", "--issued-before", "2999-01-31T12:00:00Z")]
    [InlineData("Name one grant, or", "00000000-0000-0000-0000-000000000000", "--issued-before", "2026-01-31T12:00:00Z")]
    [InlineData("Name one grant, or")]
    public async Task What_names_no_moment_and_no_grant_ends_nothing(string because, params string[] arguments) =>
        (await data.RunAsync(["grant", "revoke", .. arguments])).Refused(because);

    [Fact]
    public async Task A_running_server_honours_a_disabled_user_at_its_next_request()
    {
        using var app = await NewAppAsync("dora");
        var (access, _) = await app.LogInAsync();

        (await data.RunAsync("user", "disable", "dora")).Succeeded();

        Assert.False(await app.IsActiveAsync(access));
        Assert.Equal("user_ended", (await OnlyGrantAsync("--user", "dora")).GetProperty("revoked_why").GetString());
    }

    [Fact]
    public async Task A_running_server_honours_a_disabled_client_at_its_next_request()
    {
        using var app = await NewAppAsync("claire");
        var (access, refresh) = await app.LogInAsync();

        (await data.RunAsync("client", "disable", app.Id)).Succeeded();
        var refused = await app.RefreshAsync(refresh);
        (await data.RunAsync("client", "enable", app.Id)).Succeeded();

        Assert.Equal("invalid_client", refused.Body.GetProperty("error").GetString());
        Assert.False(await app.IsActiveAsync(access));
    }

    [Fact]
    public async Task A_running_server_honours_a_new_secret_at_its_next_request()
    {
        using var app = await NewAppAsync("nora");
        var (_, refresh) = await app.LogInAsync();

        (await data.RunAsync("client", "reset-secret", app.Id)).Succeeded();

        Assert.Equal("invalid_client", (await app.RefreshAsync(refresh)).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_token_is_inspected_without_showing_it_to_other_users_of_the_machine()
    {
        using var app = await NewAppAsync("ines");
        var (access, refresh) = await app.LogInAsync();
        await app.RefreshAsync(refresh);

        var seen = (await Command.RunWithInputAsync(access + "\n", "grant", "inspect", "-", "--data", data.Data, "--json")).Json();
        var spent = (await data.JsonAsync("grant", "inspect", refresh)).Json();

        Assert.True(seen.GetProperty("active").GetBoolean());
        Assert.Equal("access", seen.GetProperty("kind").GetString());
        Assert.Equal("linodes:read_only", seen.GetProperty("scopes").GetString());
        Assert.Equal("ines", seen.GetProperty("grant").GetProperty("username").GetString());
        Assert.False(spent.GetProperty("active").GetBoolean());
        Assert.Equal("refresh", spent.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Nothing_is_swept_before_a_server_has_said_how_long_its_tokens_live()
    {
        using var directory = new TempDirectory();
        first.CopyTo(directory.Data);

        (await Command.RunAsync("grant", "sweep", "--data", directory.Data)).Refused("how long its tokens live is not known");
    }

    [Theory]
    [InlineData("not a token", "grant", "inspect", "lka0123")]
    [InlineData("There is no grant x.", "grant", "revoke", "x")]
    [InlineData("There is no grant 00000000-0000-0000-0000-000000000000.", "grant", "revoke", "00000000-0000-0000-0000-000000000000")]
    [InlineData("There is no client nothing.", "grant", "list", "--client", "nothing")]
    public async Task What_is_not_there_is_said_in_one_line(string because, params string[] arguments) => (await data.RunAsync(arguments)).Refused(because);

    private async Task<App> NewAppAsync(string username)
    {
        var app = await App.RegisterAsync(data.Data, username);
        app.Issuer = data.Server.Issuer;
        return app;
    }

    private async Task<JsonElement> OnlyGrantAsync(params string[] filter) =>
        Assert.Single((await data.JsonAsync(["grant", "list", .. filter])).Json().EnumerateArray());
}
