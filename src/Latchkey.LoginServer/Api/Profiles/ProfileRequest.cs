using Latchkey.Core.Accounts;
using Latchkey.Core.SshKeys;
using Latchkey.Protocol;
using Latchkey.Storage.Profiles;

namespace Latchkey.LoginServer.Api.Profiles;

/// <summary>
/// What of a profile is to change. What is wrong is noted on the body; what can only be read is passed over, since clients send
/// back what they were given.
/// </summary>
internal static class ProfileRequest
{
    private const int MostKeys = 100;

    public static ProfileChange Read(RequestBody body)
    {
        if (body.Bool("ip_whitelist_enabled") is true)
        {
            body.Refuse("ip_whitelist_enabled", "ip_whitelist_enabled cannot be enabled.");
        }

        return new ProfileChange(
            Checked(body, "email", EmailRules.IsAddress, "email must be an e-mail address."),
            Checked(body, "timezone", IsTimezone, "timezone must be the name of a time zone, as America/New_York."),
            body.Bool("email_notifications"),
            Checked(body, "lish_auth_method", m => m is "password_keys" or "keys_only" or "disabled", "lish_auth_method must be password_keys, keys_only or disabled."),
            KeysOf(body));
    }

    private static string? Checked(RequestBody body, string field, Func<string, bool> fits, string reason)
    {
        var text = body.String(field);
        if (text is not null && !fits(text))
        {
            body.Refuse(field, reason);
        }

        return text;
    }

    // By its form: which names there are depends on what is installed on a machine, and nothing here computes with it.
    private static bool IsTimezone(string name) =>
        name.Length is > 0 and <= 50
        && name.Split('/') is { Length: <= 3 } parts
        && parts.All(p => p.Length > 0 && char.IsAsciiLetter(p[0]) && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-'));

    private static IReadOnlyList<string>? KeysOf(RequestBody body)
    {
        var keys = body.Strings("authorized_keys");
        if (keys is { Count: > MostKeys })
        {
            body.Refuse("authorized_keys", $"There may be at most {MostKeys} keys.");
        }
        else if (keys?.Index().FirstOrDefault(k => !SshPublicKey.IsKey(k.Item)) is { Item: not null } wrong)
        {
            body.Refuse("authorized_keys", $"SSH Key {wrong.Index + 1} is not a valid public key.");
        }

        return keys;
    }
}
