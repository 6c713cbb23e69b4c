using Latchkey.Core.Clients;
using Latchkey.LoginServer.Account;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api;

/// <summary>What people call an app, a token or a key. One rule, but for how long Linode lets each be.</summary>
internal static class ApiLabel
{
    /// <summary>Null when none was sent, or none that will do, which is noted on the body.</summary>
    public static string? Read(RequestBody body, int longest)
    {
        var label = body.String("label");
        var problem = label is null ? null
            : label.Length == 0 || LabelRules.LengthOf(label) > longest ? $"label must be 1 to {longest} characters."
            : !LabelRules.IsReadable(label) ? "label may hold letters, digits, signs and spaces only."
            : null;
        if (problem is null)
        {
            return label;
        }

        body.Refuse("label", problem);
        return null;
    }
}
