namespace Latchkey.Cli.Tests;

/// <summary>What was made and could not be printed is not made again by whoever reads why.</summary>
public sealed class FullOutputTests(DataFixture data)
{
    [Fact]
    public async Task A_token_that_nobody_has_seen_is_named_with_how_to_end_it()
    {
        await data.AddUserAsync("fulvia");

        var refused = await IntoFullAsync("token", "create", "--user", "fulvia");

        var made = Assert.Single((await data.JsonAsync("token", "list", "--user", "fulvia")).Json().EnumerateArray()).GetProperty("id");
        refused.Refused($"latchkey token revoke {made}");
        Assert.DoesNotContain("Run it again", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_password_nobody_has_seen_is_named_with_how_to_give_another()
    {
        var refused = await IntoFullAsync("user", "add", "fulton", "--email", "fulton@example.com");

        refused.Refused("The user fulton was added and could not be printed").Refused("latchkey user reset-password fulton");
        Assert.DoesNotContain("Run it again", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_nobody_has_seen_is_named_with_how_to_give_another()
    {
        await data.AddUserAsync("fulk");

        (await IntoFullAsync("user", "reset-password", "fulk")).Refused("has a new password").Refused("latchkey user reset-password fulk");
    }

    [Fact]
    public async Task A_secret_that_nobody_has_seen_is_named_with_how_to_give_another()
    {
        var added = await IntoFullAsync("client", "add", "--label", "Full", "--redirect-uri", "https://full.example/cb");
        var id = (await data.JsonAsync("client", "list")).Json().EnumerateArray().Single(c => c.GetProperty("label").GetString() == "Full").GetProperty("id").GetString()!;

        added.Refused($"The client {id} was registered").Refused($"latchkey client reset-secret {id}");
        (await IntoFullAsync("client", "reset-secret", id)).Refused("has a new secret").Refused($"latchkey client reset-secret {id}");
    }

    [Fact]
    public async Task What_the_system_says_ends_before_the_advice_begins() =>
        (await IntoFullAsync("user", "list")).Refused(". Run it again with --verbose");

    private Task<CommandResult> IntoFullAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        return Command.RunByAsync("/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/full", Command.Program, .. arguments, "--data", data.Data]);
    }
}
