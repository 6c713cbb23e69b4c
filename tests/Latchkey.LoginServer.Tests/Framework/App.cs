using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>An app's side of an authorization request.</summary>
internal static class App
{
    public const string Callback = "https://app.example/cb";
    public const string State = "a state + & = # % \" < \U0001F511";

    /// <summary>RFC 7636 Appendix B.</summary>
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// <summary>A valid request; a change of null leaves a parameter out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Request(Client client, params (string Name, string? Value)[] changes)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new(OAuthParameters.ClientId, client.Id),
            new(OAuthParameters.RedirectUri, client.RedirectUris[0]),
            new(OAuthParameters.ResponseType, "code"),
            new(OAuthParameters.Scope, "linodes:read_write stackscripts:read_only"),
            new(OAuthParameters.State, State),
            new(OAuthParameters.CodeChallenge, Challenge),
            new(OAuthParameters.CodeChallengeMethod, "S256"),
        };
        foreach (var (name, value) in changes)
        {
            parameters.RemoveAll(p => p.Key == name);
            if (value is not null)
            {
                parameters.Add(new(name, value));
            }
        }

        return parameters;
    }

    /// <summary>The same as a URL.</summary>
    public static string Authorize(Client client, params (string Name, string? Value)[] changes) => Url(Request(client, changes));

    public static string Url(IEnumerable<KeyValuePair<string, string>> parameters) =>
        OAuthPaths.Authorize + "?" + string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
}
