namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>
/// The check on a root password. It is looked at here and nowhere else: a simulated Linode has no disk to set it on, so it
/// is neither kept nor logged.
/// </summary>
internal static class RootPassword
{
    private static readonly string[] Guessable = ["password", "passwort", "letmein", "welcome", "qwerty", "linode", "admin", "root"];

    public static string? Refusal(string password) =>
        password.Length is < 7 or > 128 ? "Password must be between 7 and 128 characters long."
        : IsStrong(password) ? null
        : "Password does not meet strength requirement.";

    // Either long, or of several kinds of character, and in any case not one word, one run or one key.
    private static bool IsStrong(string password)
    {
        var own = Guessable.Aggregate(Plain(password), (rest, word) => rest.Replace(word, "", StringComparison.Ordinal));
        return own.Length >= 6
            && password.Distinct().Count() >= 6
            && !IsRun(password)
            && (password.Length >= 20 || Kinds(password) >= 3 || (password.Length >= 12 && Kinds(password) >= 2));
    }

    private static int Kinds(string text) =>
        (text.Any(char.IsAsciiLetterLower) ? 1 : 0) + (text.Any(char.IsAsciiLetterUpper) ? 1 : 0)
        + (text.Any(char.IsAsciiDigit) ? 1 : 0) + (text.Any(c => !char.IsAsciiLetterOrDigit(c)) ? 1 : 0);

    private static bool IsRun(string text) => text.Zip(text.Skip(1), (a, b) => b - a).Count(step => step is >= -1 and <= 1) >= text.Length - 3;

    private static string Plain(string text) => text.ToLowerInvariant()
        .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('@', 'a').Replace('$', 's').Replace('5', 's');
}
