using Latchkey.LoginServer.Authorization;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Accounts;

/// <summary>The page a person wanted when they were sent to log in.</summary>
internal static class LoginReturn
{
    private const string AuthorizeStart = OAuthPaths.Authorize + "?";

    /// <summary>Its authorization request, when an app sent the person; otherwise null.</summary>
    public static RequestParameters? RequestIn(string returnUrl) =>
        returnUrl.StartsWith(AuthorizeStart, StringComparison.Ordinal)
            ? RequestParameters.Of(RequestParameters.FromQuery(returnUrl[(AuthorizeStart.Length - 1)..]))
            : null;

    /// <summary>
    /// Where to go after logging in: the same, less what asked for this login (<c>prompt=login</c>, <c>max_age</c>), or
    /// it would be asked for without end.
    /// </summary>
    public static string AfterLogin(string returnUrl) => RequestIn(returnUrl) is { } request
        ? RequestParameters.Of(request.Pairs.SelectMany(Answered)).ToUrl()
        : returnUrl;

    private static IEnumerable<KeyValuePair<string, string>> Answered(KeyValuePair<string, string> pair)
    {
        switch (pair.Key)
        {
            case OAuthParameters.MaxAge:
                yield break;
            case OAuthParameters.Prompt:
                var rest = string.Join(' ', pair.Value.Split(' ').Where(word => word is not ("login" or "select_account")));
                if (rest.Length > 0)
                {
                    yield return KeyValuePair.Create(pair.Key, rest);
                }

                yield break;
            default:
                yield return pair;
                yield break;
        }
    }
}
