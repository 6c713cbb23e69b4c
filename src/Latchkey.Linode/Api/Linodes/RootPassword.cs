using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>The password of a new Linode's root user. It does not print.</summary>
public sealed class RootPassword
{
    private const string Lower = "abcdefghijkmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Marks = "-_.+=:@%";

    private readonly string _text;

    /// <summary>Wraps a password.</summary>
    public RootPassword(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _text = text;
    }

    /// <summary>A new one: 32 characters of every kind, none that looks like another.</summary>
    public static RootPassword Generate()
    {
        // One of each kind first, since Linode refuses passwords without; shuffled, so that no place tells its kind.
        Span<char> text = stackalloc char[32];
        var kinds = new[] { Lower, Upper, Digits, Marks };
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = RandomNumberGenerator.GetItems<char>(i < kinds.Length ? kinds[i] : Lower + Upper + Digits + Marks, 1)[0];
        }

        RandomNumberGenerator.Shuffle(text);
        return new RootPassword(text.ToString());
    }

    /// <summary>The password itself. Show it once to the person whose Linode it is; never write it to a log.</summary>
    public string Reveal() => _text;

    /// <summary>Never the password.</summary>
    public override string ToString() => "RootPassword(redacted)";
}

internal sealed class RootPasswordConverter : JsonConverter<RootPassword>
{
    public override RootPassword Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The API never sends a password.");

    public override void Write(Utf8JsonWriter writer, RootPassword value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Reveal());
}
