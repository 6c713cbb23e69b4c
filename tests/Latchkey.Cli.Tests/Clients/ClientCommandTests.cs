namespace Latchkey.Cli.Tests.Clients;

public sealed class ClientCommandTests(DataFixture data)
{
    [Fact]
    public async Task An_app_is_registered_with_its_secret_told_once()
    {
        var added = (await data.JsonAsync(
            "client", "add", "--label", "Shop", "--redirect-uri", "https://shop.example/a", "--redirect-uri", "https://shop.example/b")).Json();
        var shown = (await data.JsonAsync("client", "show", added.GetProperty("id").GetString()!)).Json();

        Assert.Matches("^[0-9a-f]{20}$", added.GetProperty("id").GetString());
        Assert.Matches("^[0-9a-f]{64}$", added.GetProperty("secret").GetString());
        Assert.Equal("Shop", added.GetProperty("label").GetString());
        Assert.Equal(
            ["https://shop.example/a", "https://shop.example/b"], added.GetProperty("redirect_uris").EnumerateArray().Select(u => u.GetString()));
        Assert.False(added.GetProperty("public").GetBoolean());
        Assert.Equal("required", added.GetProperty("pkce").GetString());
        Assert.False(shown.TryGetProperty("secret", out _));
        Assert.Equal("Shop", shown.GetProperty("label").GetString());
    }

    [Fact]
    public async Task A_public_app_has_no_secret()
    {
        var added = (await data.JsonAsync("client", "add", "--label", "Phone", "--redirect-uri", "com.example.app:/cb", "--public")).Json();

        Assert.True(added.GetProperty("public").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, added.GetProperty("secret").ValueKind);
        (await data.RunAsync("client", "reset-secret", added.GetProperty("id").GetString()!)).Refused("public client");
    }

    [Fact]
    public async Task What_a_client_may_do_is_registered_with_it()
    {
        var added = (await data.JsonAsync(
            "client", "add", "--label", "Narrow", "--redirect-uri", "https://narrow.example/cb", "--scope", "linodes:read_only", "--scope", "domains:read_write",
            "--grant", "authorization_code", "--pkce", "optional", "--trusted", "--compatibility", "linode", "--disabled")).Json();

        Assert.Equal("linodes:read_only domains:read_write".Split(' ').Order(), added.GetProperty("scopes").GetString()!.Split(' ').Order());
        Assert.Equal("authorization_code", Assert.Single(added.GetProperty("grants").EnumerateArray()).GetString());
        Assert.Equal("optional", added.GetProperty("pkce").GetString());
        Assert.True(added.GetProperty("trusted").GetBoolean());
        Assert.Equal("linode", added.GetProperty("compatibility").GetString());
        Assert.Equal("disabled", added.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_api_needs_no_redirect_and_gets_no_grants()
    {
        var added = (await data.JsonAsync("client", "add", "--label", "API", "--api", "--resource", "https://api.example")).Json();

        Assert.True(added.GetProperty("api").GetBoolean());
        Assert.Equal("https://api.example", added.GetProperty("resource").GetString());
        Assert.Empty(added.GetProperty("grants").EnumerateArray());
    }

    [Fact]
    public async Task The_table_says_what_weakens_a_client()
    {
        (await data.JsonAsync(
            "client", "add", "--label", "Lenient", "--redirect-uri", "https://lenient.example/cb", "--compatibility", "linode", "--trusted")).Json();

        var line = (await data.RunAsync("client", "list")).Succeeded().Output.Split('\n').Single(l => l.Contains("Lenient", StringComparison.Ordinal));

        Assert.Contains("compatibility: linode, trusted", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_secret_replaces_the_old_one_and_a_removed_client_is_gone()
    {
        var added = (await data.JsonAsync("client", "add", "--label", "Gone", "--redirect-uri", "https://gone.example/cb")).Json();
        var id = added.GetProperty("id").GetString()!;

        var reset = (await data.JsonAsync("client", "reset-secret", id)).Json();
        (await data.RunAsync("client", "remove", id)).Succeeded();

        Assert.Equal(id, reset.GetProperty("id").GetString());
        Assert.NotEqual(added.GetProperty("secret").GetString(), reset.GetProperty("secret").GetString());
        (await data.RunAsync("client", "show", id)).Refused($"There is no client {id}.");
        (await data.RunAsync("client", "remove", id)).Refused($"There is no client {id}.");
    }

    [Theory]
    [InlineData("http is for loopback", "--redirect-uri", "http://example.org/cb")]
    [InlineData("fragment", "--redirect-uri", "https://example.org/cb#x")]
    [InlineData("at least one --redirect-uri")]
    [InlineData("--api and --public", "--api", "--public")]
    [InlineData("--api and --grant", "--api", "--grant", "refresh_token")]
    [InlineData("add --api", "--redirect-uri", "https://example.org/cb", "--resource", "https://api.example")]
    [InlineData("absolute URI", "--api", "--resource", "/api")]
    [InlineData("--pkce optional and --public", "--redirect-uri", "https://example.org/cb", "--public", "--pkce", "optional")]
    [InlineData("family:level", "--redirect-uri", "https://example.org/cb", "--scope", "a\"b")]
    [InlineData("family:level", "--redirect-uri", "https://example.org/cb", "--scope", "linodes:reed_only")]
    [InlineData("family:level", "--redirect-uri", "https://example.org/cb", "--scope", "")]
    [InlineData("password", "--redirect-uri", "https://example.org/cb", "--grant", "password")]
    [InlineData("strange", "--redirect-uri", "https://example.org/cb", "--compatibility", "strange")]
    public async Task What_may_not_be_registered_is_said_in_one_line(string because, params string[] arguments)
    {
        (await data.RunAsync(["client", "add", "--label", "Refused", .. arguments])).Refused(because);

        Assert.DoesNotContain(
            (await data.JsonAsync("client", "list")).Json().EnumerateArray(), c => c.GetProperty("label").GetString() == "Refused");
    }
}
