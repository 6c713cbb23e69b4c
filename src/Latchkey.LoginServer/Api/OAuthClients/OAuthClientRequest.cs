using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.OAuthClients;

/// <summary>What a client is registered or changed with. What is wrong is noted on the body.</summary>
internal sealed record OAuthClientRequest(string? Label, string? RedirectUri, bool? Public)
{
    private const int LongestLabel = 512;

    public static OAuthClientRequest Read(RequestBody body, bool creating)
    {
        foreach (var field in (string[])["label", "redirect_uri"])
        {
            if (creating && !body.Has(field))
            {
                body.Refuse(field, $"{field} is required.");
            }
        }

        var label = ApiLabel.Read(body, LongestLabel);
        var redirectUri = body.String("redirect_uri");
        if (redirectUri is not null && RedirectUriRules.Problem(redirectUri) is { } problem)
        {
            body.Refuse("redirect_uri", problem);
        }

        return new OAuthClientRequest(label, redirectUri, body.Bool("public"));
    }
}
