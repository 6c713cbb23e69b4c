using System.CommandLine;
using System.Security.Cryptography;

namespace Latchkey.Cli.Users;

/// <summary>A password for a user: read from standard input, or made and shown once. A class, so that nothing prints it.</summary>
internal sealed class NewPassword
{
    public const string Missing = "No password came on standard input: with --password-stdin, send it as one line.";

    // Without letters that are mistaken for each other: people copy this by eye.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public static readonly Option<bool> FromInput = new("--password-stdin")
    {
        Description = "Read the password from standard input, one line; otherwise one is made and printed once.",
    };

    private NewPassword(string text, bool made)
    {
        Text = text;
        Made = made;
    }

    public string Text { get; }

    /// <summary>True when nobody knows it yet.</summary>
    public bool Made { get; }

    /// <summary>100 random bits, in groups that can be read aloud.</summary>
    public static NewPassword Make() =>
        new(string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5))), made: true);

    /// <summary>Null when there was to be one on standard input and there is none.</summary>
    public static NewPassword? Read(ParseResult parsed)
    {
        if (!parsed.GetValue(FromInput))
        {
            return Make();
        }

        return Console.In.ReadLine() is { Length: > 0 } line ? new NewPassword(line, made: false) : null;
    }
}
