namespace Latchkey.Cli.Tests;

/// <summary>
/// A server's stores, opened in this process as a command opens them in its own: what a test is not about is made ready without
/// starting a process for it.
/// </summary>
internal static class Stores
{
    /// <summary>On the data that these variables name, as for a command.</summary>
    public static Task<LatchkeyData> OpenAsync(Dictionary<string, string> environment)
    {
        string[] words =
        [
            "user", "list",
            .. Named("LATCHKEY_DATA", "--data"), .. Named("LATCHKEY_DATABASE", "--database"), .. Named("LATCHKEY_KEY_FILE", "--key-file"),
        ];
        return LatchkeyData.OpenAsync(DataPlace.Read(LatchkeyCommand.Create().Parse(words), out _)!, TestContext.Current.CancellationToken);

        string[] Named(string variable, string option) => environment.TryGetValue(variable, out var value) ? [option, value] : [];
    }

    public static Task<LatchkeyData> OpenAsync(string data) => OpenAsync(new Dictionary<string, string> { ["LATCHKEY_DATA"] = data });
}
