using Latchkey.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>The token of this request, as the login server describes it.</summary>
public static class HttpContextTokenExtensions
{
    /// <summary>What is known of the token; null when the request has no good one.</summary>
    public static TokenInfo? GetTokenInfo(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<TokenInfo>();
    }
}
