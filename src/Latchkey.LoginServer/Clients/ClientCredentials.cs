using System.Diagnostics.CodeAnalysis;
using System.Text;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Clients;

/// <summary>Who a back-channel request says it comes from, not yet proven. A class: a record would print the secret.</summary>
/// <remarks>RFC 6749 §2.3.1: HTTP Basic with form-encoded id and secret, or both in the body; never both ways at once.</remarks>
internal sealed class ClientCredentials
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ClientCredentials(string clientId, ClientSecret? secret)
    {
        ClientId = clientId;
        Secret = secret;
    }

    public string ClientId { get; }

    public ClientSecret? Secret { get; }

    public static bool TryRead(
        HttpRequest request, OAuthForm form, [NotNullWhen(true)] out ClientCredentials? credentials, [NotNullWhen(false)] out OAuthError? error)
    {
        credentials = null;
        error = null;
        var header = request.Headers.Authorization;
        var bodyId = form[OAuthParameters.ClientId];
        var bodySecret = form[OAuthParameters.ClientSecret];
        if (header.Count == 0)
        {
            if (bodyId is null)
            {
                error = OAuthErrors.InvalidClient.Because("client_id is missing.", OAuthParameters.ClientId);
                return false;
            }

            credentials = new ClientCredentials(bodyId, bodySecret is null ? null : new ClientSecret(bodySecret));
            return true;
        }

        if (header.Count > 1 || !TryReadBasic(header.ToString(), out var id, out var secret))
        {
            error = OAuthErrors.InvalidClient.Because("The Authorization header is not HTTP Basic with form-encoded client_id and client_secret.");
            return false;
        }

        if (bodySecret is not null || (bodyId is not null && !string.Equals(bodyId, id, StringComparison.Ordinal)))
        {
            error = OAuthErrors.InvalidRequest.Because("Authenticate one way: by the Authorization header or in the body, with one client_id.");
            return false;
        }

        credentials = new ClientCredentials(id, secret.Length == 0 ? null : new ClientSecret(secret));
        return true;
    }

    private static bool TryReadBasic(string header, out string id, out string secret)
    {
        id = secret = "";
        const string Scheme = "Basic ";
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[header.Length];

        // The decoder forgives white space inside; RFC 7617 §2 does not.
        var encoded = header[Scheme.Length..].Trim(' ');
        if (encoded.Any(char.IsWhiteSpace) || !Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return false;
        }

        string text;
        try
        {
            text = Utf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && TryFormDecode(text[..colon], out id) && TryFormDecode(text[(colon + 1)..], out secret) && id.Length > 0;
    }

    private static bool TryFormDecode(string text, out string decoded)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                decoded = "";
                return false;
            }
        }

        decoded = Uri.UnescapeDataString(text.Replace('+', ' '));
        return !decoded.Contains('\0', StringComparison.Ordinal);
    }
}
