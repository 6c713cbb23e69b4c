using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Latchkey.Cli.Tests.Tokens;

public sealed class TokenCommandTests(DataFixture data)
{
    [Fact]
    public async Task A_running_server_honours_a_token_and_its_end_at_the_next_request()
    {
        await data.AddUserAsync("tilda");

        var made = (await data.JsonAsync("token", "create", "--user", "tilda", "--label", "CI", "--scope", "account:read_only", "linodes:read_write")).Json();
        var token = Text(made, "token");
        Assert.Matches("^[a-z0-9]+$", token);
        Assert.Equal(("tilda", "CI", "account:read_only linodes:read_write"), (Text(made, "username"), Text(made, "label"), Text(made, "scopes")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/v4/profile/tokens", token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/v4/profile/tokens", token, HttpMethod.Post));

        var ended = (await data.JsonAsync("token", "revoke", made.GetProperty("id").ToString())).Json();
        Assert.True(ended.GetProperty("revoked").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/v4/profile", token));
        Assert.Empty((await data.JsonAsync("token", "list", "--user", "tilda")).Json().EnumerateArray());
        var grant = Assert.Single((await data.JsonAsync("grant", "list", "--user", "tilda")).Json().EnumerateArray());
        Assert.Equal("administrator", Text(grant, "revoked_why"));
    }

    [Fact]
    public async Task A_list_shows_where_a_token_begins_and_no_more()
    {
        await data.AddUserAsync("lia");
        await data.AddUserAsync("leo");
        var token = Text((await data.JsonAsync("token", "create", "--user", "lia")).Json(), "token");
        await data.JsonAsync("token", "create", "--user", "leo");

        var listed = Assert.Single((await data.JsonAsync("token", "list", "--user", "lia")).Json().EnumerateArray());
        var all = await data.RunAsync("token", "list");

        Assert.Equal(token[..16], Text(listed, "token_start"));
        Assert.Equal(("*", JsonValueKind.Null), (Text(listed, "scopes"), listed.GetProperty("expires").ValueKind));
        Assert.DoesNotContain(token[..17], listed.ToString() + all.Output, StringComparison.Ordinal);
        Assert.Contains("lia", all.Output, StringComparison.Ordinal);
        Assert.Contains("leo", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_people_the_token_is_shown_once_with_what_it_may()
    {
        await data.AddUserAsync("pia");

        var shown = (await data.RunAsync("token", "create", "--user", "pia", "--scope", "linodes:read_only")).Succeeded();

        Assert.Contains("(shown this once)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("linodes:read_only", shown.Output, StringComparison.Ordinal);
        Assert.Contains("never", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_when_it_was_written_and_what_is_no_end_makes_none()
    {
        await data.AddUserAsync("dot");

        Assert.Equal("2099-12-31T00:00:00Z", Text(await UntilAsync("2099-12-31"), "expires"));
        Assert.Equal("2099-06-01T12:30:00Z", Text(await UntilAsync("2099-06-01T12:30:00Z"), "expires"));
        foreach (var (written, seconds) in ((string, int)[])[("90s", 90), ("30m", 1800), ("12h", 43_200), ("30d", 2_592_000), ("4w", 2_419_200)])
        {
            // The clock ticks on between reading the words and making the token; no unit is mistaken for another in a minute.
            var made = await UntilAsync(written);
            var life = made.GetProperty("expires").GetDateTimeOffset() - made.GetProperty("created").GetDateTimeOffset();
            Assert.InRange(life.TotalSeconds, seconds - 60, seconds);
        }

        foreach (var written in (string[])["0d", "-1d", "5y", "999999w", "2001-01-01", "2100-01-01", "2030-02-30", "soon"])
        {
            (await data.RunAsync("token", "create", "--user", "dot", "--expires", written)).Refused("no end for a token");
        }

        Assert.Equal(7, (await data.JsonAsync("token", "list", "--user", "dot")).Json().GetArrayLength());

        async Task<JsonElement> UntilAsync(string end) => (await data.JsonAsync("token", "create", "--user", "dot", "--expires", end)).Json();
    }

    [Theory]
    [InlineData("There is no user nobody-here.", "create", "--user", "nobody-here")]
    [InlineData("There is no user nobody-here.", "list", "--user", "nobody-here")]
    [InlineData("A scope is written", "create", "--user", "x", "--scope", "linodes\"")]
    [InlineData("A scope is written", "create", "--user", "x", "--scope", "")]
    [InlineData("A scope is written", "create", "--user", "x", "--scope", "linodes:readonly")]
    [InlineData("A scope is written", "create", "--user", "x", "--scope", "linodes:read_only", "Linodes:read_only")]
    [InlineData("A label has", "create", "--user", "x", "--label", " ")]
    [InlineData("no token of that number", "revoke", "987654")]
    [InlineData("no token of that number", "revoke", "lkp0123456789abcdef")]
    public async Task What_cannot_be_is_said_in_one_line(string because, params string[] arguments) =>
        (await data.RunAsync(["token", .. arguments])).Refused(because);

    [Fact]
    public async Task Whoever_takes_the_token_for_its_number_does_not_see_it_again()
    {
        var refused = await data.RunAsync("token", "revoke", "lkp0123456789abcdef");

        Assert.DoesNotContain("lkp0123456789abcdef", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_family_that_is_none_of_Linodes_is_taken_and_doubted()
    {
        await data.AddUserAsync("fam");

        var made = await data.RunAsync("token", "create", "--user", "fam", "--scope", "linodez:read_only", "tokens:read_only", "--json");

        Assert.Equal(0, made.ExitCode);
        Assert.Contains("Not among Linode's families: linodez:read_only.", made.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(made.Output);
        Assert.Equal("account:read_only linodez:read_only", Text(document.RootElement, "scopes"));
    }

    [Fact]
    public async Task A_disabled_user_gets_none()
    {
        await data.AddUserAsync("dan");
        (await data.RunAsync("user", "disable", "dan")).Succeeded();

        (await data.RunAsync("token", "create", "--user", "dan")).Refused("dan is disabled");
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string token, HttpMethod? method = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, data.Server.Issuer + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
