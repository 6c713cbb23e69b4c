using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Latchkey.Protocol;

/// <summary>
/// A value that whoever holds it may use. It does not print: <see cref="ToString"/> names its kind only, and the text
/// needs an explicit <see cref="Reveal"/>. Comparison takes the same time wherever two values differ.
/// </summary>
public abstract class Secret : IEquatable<Secret>
{
    private readonly string _text;

    private protected Secret(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _text = text;
    }

    /// <summary>The text itself. Never write it to a log, an exception or a URL.</summary>
    public string Reveal() => _text;

    /// <summary>True for a secret of the same kind with the same text; constant time for texts of one length.</summary>
    public bool Equals(Secret? other) => other is not null && GetType() == other.GetType() && Same(_text, other._text);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <summary>One value for all: a hash of the text would say something about it.</summary>
    public override int GetHashCode() => GetType().GetHashCode();

    /// <summary>The kind, never the text: <c>AccessToken(redacted)</c>.</summary>
    public sealed override string ToString() => $"{GetType().Name}(redacted)";

    // The characters as they lie in memory: an encoding would map every malformed one to the same replacement.
    internal static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left.AsSpan()), MemoryMarshal.AsBytes(right.AsSpan()));
}
