using Latchkey.Core.SshKeys;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.SshKeys;

/// <summary>What an SSH key is added or changed with. What is wrong is noted on the body.</summary>
internal static class SshKeyRequest
{
    private const int LongestLabel = 64;

    public static (string Label, string Key) Read(RequestBody body) => (LabelOf(body) ?? Missing(body, "label"), KeyOf(body) ?? Missing(body, "ssh_key"));

    /// <summary>Null when none was sent, or none that will do.</summary>
    public static string? LabelOf(RequestBody body) => ApiLabel.Read(body, LongestLabel);

    // People paste the wrong file: what they sent may be a private key and is not repeated.
    private static string? KeyOf(RequestBody body)
    {
        var key = body.String("ssh_key")?.Trim(' ', '\r', '\n');
        if (key is not null && !SshPublicKey.IsKey(key))
        {
            body.Refuse("ssh_key", "ssh_key must be a public key in OpenSSH's format, on one line.");
        }

        return key;
    }

    private static string Missing(RequestBody body, string field)
    {
        if (!body.Has(field))
        {
            body.Refuse(field, $"{field} is required.");
        }

        return "";
    }
}
