using System.Text;
using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore;

/// <summary>Linode's own way to answer: its envelope of errors, and the two headers that say what was had and needed.</summary>
internal static class LinodeAnswers
{
    private static readonly object Announced = new();

    /// <summary>
    /// On every answer, errors too. Written as late as can be: by then routing has found the endpoint and the token is known.
    /// </summary>
    public static void AnnounceScopes(HttpContext http)
    {
        if (http.Items.TryAdd(Announced, null))
        {
            http.Response.OnStarting(static state =>
            {
                var context = (HttpContext)state;
                var needed = BearerRefusals.NeededBy(context);
                context.Response.Headers["X-OAuth-Scopes"] =
                    context.Features.Get<TokenInfo>() is { } token ? token.Scopes.ToString() : "unknown";
                context.Response.Headers["X-Accepted-OAuth-Scopes"] =
                    needed.IsEmpty ? "*" : string.Join(',', needed.Select(s => s.Text));
                return Task.CompletedTask;
            }, http);
        }
    }

    public static async Task WriteAsync(HttpContext http, OAuthError? refusal)
    {
        // Exactly this content type: Linode's Go client compares it by string equality.
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($$"""{"errors":[{"reason":"{{JsonEncodedText.Encode(ReasonOf(refusal))}}"}]}"""), http.RequestAborted);
    }

    private static string ReasonOf(OAuthError? refusal) =>
        refusal is null || refusal == OAuthErrors.InvalidToken ? "Invalid Token"
        : refusal == OAuthErrors.InsufficientScope ? "Your OAuth token is not authorized to use this endpoint."
        : refusal.Description;
}
