namespace Latchkey.Cli.Tests;

/// <summary>Words that are wrong whatever the data says: one line that names them, and the exit code 2.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("There is no command usr. See: latchkey --help", "usr", "list")]
    [InlineData("There is no command lst. See: latchkey user --help", "user", "lst")]
    [InlineData("There is no command lst. See: latchkey user --help", "user", "lst", "--json")]
    [InlineData("There is no option --verbos. See: latchkey --help", "--verbos")]
    [InlineData("Required command was not provided. See: latchkey user --help", "user")]
    public async Task A_command_that_does_not_exist_is_named(string says, params string[] arguments)
    {
        var refused = (await Command.RunAsync(arguments)).Refused(says);

        Assert.Equal(2, refused.ExitCode);
    }
}
