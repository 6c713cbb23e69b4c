using System.Diagnostics.CodeAnalysis;
using Latchkey.Protocol;

namespace Latchkey.Core.Clients;

/// <summary>Whether a caller is the client it names.</summary>
/// <remarks>RFC 6749 §2.3.1, §3.2.1.</remarks>
public static class ClientAuthentication
{
    /// <summary>Decides on the client looked up (null when unknown) and the secret presented (null when none).</summary>
    public static bool TryAuthenticate([NotNullWhen(true)] Client? client, ClientSecret? secret, [NotNullWhen(false)] out OAuthError? error)
    {
        // A public client has nothing to prove, so a secret sent along is a misunderstanding to be told, not a password
        // to be ignored. Linode hands public clients a secret too; one that was given one may send it.
        var proven = client is { IsActive: true } && (secret is null ? client.Public : Matches(client, secret));
        error = proven ? null : OAuthErrors.InvalidClient.Because("Client authentication failed; check client_id and client_secret.");
        return proven;
    }

    private static bool Matches(Client client, ClientSecret secret) => client.SecretHash is { } hash && secret.Matches(hash);
}
