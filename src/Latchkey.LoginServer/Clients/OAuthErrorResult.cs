using Latchkey.Protocol;

namespace Latchkey.LoginServer.Clients;

/// <summary>A refusal as JSON: the RFC's two members and Linode's <c>errors</c>, in one object.</summary>
/// <remarks>RFC 6749 §5.2.</remarks>
internal sealed class OAuthErrorResult(OAuthError error) : IResult
{
    public OAuthError Error => error;

    /// <summary>How long to wait before asking again; null when asking again is no use.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The answer to a peer that failed too often to prove a client. No code of RFC 6749 §5.2 says "later".</summary>
    public static OAuthErrorResult ComeBack(TimeSpan wait)
    {
        var later = OAuthErrors.TemporarilyUnavailable.Because("Client authentication failed too often from this address; wait as long as Retry-After says.");
        return new OAuthErrorResult(later with { Status = StatusCodes.Status429TooManyRequests }) { RetryAfter = wait };
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = error.Status;
        if (error.Status == StatusCodes.Status401Unauthorized && httpContext.Request.Headers.Authorization.Count > 0)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"oauth\", charset=\"UTF-8\"";
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        await OAuthJson.WriteAsync(response, writer =>
        {
            writer.WriteString(OAuthParameters.Error, error.Code);
            writer.WriteString(OAuthParameters.ErrorDescription, error.Description);
            writer.WriteStartArray("errors");
            writer.WriteStartObject();
            writer.WriteString("reason", error.Description);
            if (error.Field is { } field)
            {
                writer.WriteString("field", field);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        });
    }
}
