using Latchkey.Protocol;

namespace Latchkey.LoginServer.Clients;

/// <summary>A refusal as JSON: the RFC's two members and Linode's <c>errors</c>, in one object.</summary>
/// <remarks>RFC 6749 §5.2.</remarks>
internal sealed class OAuthErrorResult(OAuthError error) : IResult
{
    public OAuthError Error => error;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = error.Status;
        if (error.Status == StatusCodes.Status401Unauthorized && httpContext.Request.Headers.Authorization.Count > 0)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"oauth\", charset=\"UTF-8\"";
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
