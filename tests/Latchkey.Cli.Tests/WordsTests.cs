namespace Latchkey.Cli.Tests;

/// <summary>Words that are wrong whatever the data says: one line that names them, and the exit code 2.</summary>
public sealed class WordsTests(DataFixture data)
{
    [Theory]
    [InlineData("There is no command usr. See: latchkey --help", "usr", "list")]
    [InlineData("There is no command lst. See: latchkey user --help", "user", "lst")]
    [InlineData("There is no command lst. See: latchkey user --help", "user", "lst", "--json")]
    [InlineData("Required command was not provided. See: latchkey token --help", "token", "lkp_0123456789abcdef0123456789abcdef")]
    [InlineData("There is no option --verbos. See: latchkey --help", "--verbos")]
    [InlineData("Required command was not provided. See: latchkey user --help", "user")]
    public async Task A_command_that_does_not_exist_is_named(string says, params string[] arguments)
    {
        var refused = (await Command.RunAsync(arguments)).Refused(says);

        Assert.Equal(2, refused.ExitCode);
    }

    [Theory]
    [InlineData("Name one grant", "grant", "revoke")]
    [InlineData("Name one grant", "grant", "revoke", "zzz", "--issued-before", "2026-01-31T12:00:00Z")]
    [InlineData("in UTC", "grant", "revoke", "--issued-before", "yesterday")]
    [InlineData("A label has", "token", "create", "--user", "alice", "--label", " ")]
    [InlineData("A label has", "token", "create", "--user", "alice", "--label", "CI\u202Enekot")]
    [InlineData("A label has", "client", "add", "--redirect-uri", "https://app.example/cb", "--label", "App\u202Eppa")]
    [InlineData("A label has", "client", "add", "--redirect-uri", "https://app.example/cb", "--label", "App\u2028next")]
    [InlineData("A label has", "client", "add", "--redirect-uri", "https://app.example/cb", "--label", " ")]
    [InlineData("A scope is written", "token", "create", "--user", "alice", "--scope", "linodes:readonly")]
    [InlineData("A scope is written", "client", "add", "--label", "App", "--redirect-uri", "https://app.example/cb", "--scope", "")]
    [InlineData("at least one --redirect-uri", "client", "add", "--label", "App")]
    [InlineData("--drain is between", "serve", "--drain", "9999")]
    [InlineData("nonsense is no address", "serve", "--urls", "nonsense")]
    [InlineData("needs a certificate", "serve", "--urls", "https://localhost:1")]
    [InlineData("A port lies between", "demo", "--port", "70000")]
    [InlineData("A token lives", "demo", "--token-lifetime", "0")]
    public async Task A_value_that_could_never_be_taken_is_a_wrong_word(string because, params string[] arguments)
    {
        var refused = (await data.RunAsync(arguments)).Refused(because);

        Assert.Equal(2, refused.ExitCode);
    }

    [Theory]
    [InlineData("a\u202Eb", "a?b")]
    [InlineData("a\u200Bb", "a?b")]
    [InlineData("a\U000E0041b", "a?b")]
    [InlineData("a\u001Bb", "a?b")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("a\U0001F511b", "a\U0001F511b")]
    public async Task What_hides_or_reorders_text_does_not_reach_the_terminal(string typed, string printed) =>
        (await data.RunAsync("token", "list", "--user", typed)).Refused($"There is no user {printed}.");

    [Fact]
    public async Task An_end_that_is_none_is_a_wrong_word()
    {
        await data.AddUserAsync("wanda");

        var refused = (await data.RunAsync("token", "create", "--user", "wanda", "--expires", "30x")).Refused("30x is no end for a token");

        Assert.Equal(2, refused.ExitCode);
    }

    [Theory]
    [InlineData("There is no user nobody-here.", "token", "create", "--user", "nobody-here")]
    [InlineData("There is no grant zzz.", "grant", "revoke", "zzz")]
    [InlineData("cannot be used", "serve", "--urls", "https://localhost:1", "--certificate", "/nonexistent.pem")]
    public async Task What_is_only_not_there_is_no_wrong_word(string because, params string[] arguments)
    {
        var refused = (await data.RunAsync(arguments)).Refused(because);

        Assert.Equal(1, refused.ExitCode);
    }
}
