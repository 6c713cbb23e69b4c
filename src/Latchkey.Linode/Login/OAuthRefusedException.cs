using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Linode;

/// <summary>
/// The answer was no: the person denied, the refresh token is dead, the state is wrong. <see cref="Refusal"/> says which.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is none without a refusal.")]
public sealed class OAuthRefusedException : LinodeOAuthException
{
    /// <summary>Makes the exception for a refusal.</summary>
    public OAuthRefusedException(OAuthRefusal refusal, Exception? innerException = null)
        : base(Text(refusal), innerException) => Refusal = refusal;

    /// <summary>What was refused, and what to do.</summary>
    public OAuthRefusal Refusal { get; }

    private static string Text(OAuthRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Description is null
            ? $"{refusal.Error}. {refusal.Advice}"
            : $"{refusal.Error}: {refusal.Description} {refusal.Advice}";
    }
}
