namespace Latchkey.Cli.Tests.Users;

public sealed class UserCommandTests(DataFixture data)
{
    [Fact]
    public async Task A_user_is_added_with_the_password_from_standard_input()
    {
        var added = (await Command.RunWithInputAsync(
            "a long enough password\n", "user", "add", "ursula", "--email", "ursula@example.com", "--admin", "--password-stdin", "--data", data.Data, "--json")).Json();

        Assert.Equal("ursula", added.GetProperty("username").GetString());
        Assert.Equal("ursula@example.com", added.GetProperty("email").GetString());
        Assert.True(added.GetProperty("admin").GetBoolean());
        Assert.False(added.GetProperty("disabled").GetBoolean());
        Assert.True(Guid.TryParseExact(added.GetProperty("id").GetString(), "D", out _));
        Assert.False(added.TryGetProperty("password", out _));
    }

    [Fact]
    public async Task Help_promises_an_administrator_nothing() =>
        Assert.Contains("nothing is granted by it yet", (await Command.RunAsync("user", "add", "--help")).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public async Task Without_one_a_password_is_made_and_told_once()
    {
        var added = (await data.JsonAsync("user", "add", "made", "--email", "made@example.com")).Json();
        var password = added.GetProperty("password").GetString()!;
        var listed = await data.RunAsync("user", "list");

        Assert.Matches("^([a-z2-9]{5}-){3}[a-z2-9]{5}$", password);
        Assert.Contains("made@example.com", listed.Succeeded().Output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_is_disabled_and_enabled_again()
    {
        await data.AddUserAsync("toggled");

        var disabled = (await data.JsonAsync("user", "disable", "toggled")).Json();
        var enabled = (await data.JsonAsync("user", "enable", "toggled")).Json();

        Assert.True(disabled.GetProperty("disabled").GetBoolean());
        Assert.False(enabled.GetProperty("disabled").GetBoolean());
    }

    [Fact]
    public async Task The_list_names_every_user()
    {
        await data.AddUserAsync("listed");

        var list = (await data.JsonAsync("user", "list")).Json();

        Assert.Contains(list.EnumerateArray(), u => u.GetProperty("username").GetString() == "listed");
    }

    [Theory]
    [InlineData("10 characters", "user", "add", "weak", "--email", "weak@example.com", "--password-stdin")]
    [InlineData("already taken", "user", "add", "twice", "--email", "another@example.com", "--password-stdin")]
    [InlineData("There is no user nobody.", "user", "disable", "nobody")]
    [InlineData("There is no user nobody.", "user", "enable", "nobody")]
    [InlineData("There is no user nobody.", "user", "reset-password", "nobody")]
    [InlineData("There is no user nobody.", "grant", "list", "--user", "nobody")]
    [InlineData("'--email' is required", "user", "add", "someone")]
    [InlineData("latchkey user add --help", "user", "add")]
    public async Task What_cannot_be_done_is_said_in_one_line(string because, params string[] arguments)
    {
        if (arguments.Contains("twice"))
        {
            await data.AddUserAsync("twice");
        }

        var refused = await Command.RunWithInputAsync(
            arguments.Contains("weak") ? "short\n" : "a long enough password\n", [.. arguments, "--data", data.Data]);

        refused.Refused(because);
    }

    [Fact]
    public async Task No_password_on_standard_input_is_not_an_empty_password() =>
        (await Command.RunWithInputAsync("", "user", "add", "silent", "--email", "silent@example.com", "--password-stdin", "--data", data.Data))
            .Refused("No password came");
}
