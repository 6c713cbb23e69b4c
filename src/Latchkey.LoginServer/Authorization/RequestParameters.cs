using Latchkey.Core.Authorization;
using Latchkey.LoginServer.Security;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.LoginServer.Authorization;

/// <summary>The parameters of an authorization request as they arrived, in order.</summary>
internal sealed class RequestParameters
{
    private const int MaxParameters = 256;

    private RequestParameters(AuthorizationParameters parameters) => Parameters = parameters;

    public AuthorizationParameters Parameters { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => Parameters.Pairs;

    public static RequestParameters Of(IEnumerable<KeyValuePair<string, string>> pairs) => new(new AuthorizationParameters(pairs));

    /// <summary>Query first, then form (OpenID Connect Core §3.1.2.1 wants both GET and POST).</summary>
    public static async ValueTask<RequestParameters> ReadAsync(HttpContext context)
    {
        var query = FromQuery(context.Request.QueryString.Value);
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            return Of(query);
        }

        if (context.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var form = await context.Request.ReadWholeFormAsync(context.RequestAborted);
            return Of(query.Concat(form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))));
        }

        var pairs = query.ToList();
        await UrlEncodedForm.ReadAsync(context.Request, (name, value) => pairs.Add(KeyValuePair.Create(name, value)), context.RequestAborted);
        return pairs.Count <= MaxParameters ? Of(pairs) : throw new BadHttpRequestException("There are too many parameters.");
    }

    public static IEnumerable<KeyValuePair<string, string>> FromQuery(string? query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            yield return KeyValuePair.Create(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        }
    }

    /// <summary>The same request as a URL of this server.</summary>
    public string ToUrl() =>
        Protocol.OAuthPaths.Authorize + QueryString.Create(Pairs.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))).ToUriComponent();
}
