using System.Text.Json;
using Latchkey.LoginServer.Clients;

namespace Latchkey.LoginServer.Api;

/// <summary>Answers of the account and profile API: one JSON object, or Linode's envelope of errors.</summary>
internal static class ApiJson
{
    public static IResult Object(Action<Utf8JsonWriter> members) => new JsonResult(StatusCodes.Status200OK, members);

    public static IResult Refuse(HttpContext context, ApiRefusal refusal)
    {
        if (refusal.Challenge is { } challenge)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
        }

        return new JsonResult(refusal.Status, writer =>
        {
            writer.WriteStartArray("errors");
            writer.WriteStartObject();
            writer.WriteString("reason", refusal.Reason);
            if (refusal.Field is { } field)
            {
                writer.WriteString("field", field);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        });
    }

    private sealed class JsonResult(int status, Action<Utf8JsonWriter> members) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return OAuthJson.WriteAsync(httpContext.Response, members);
        }
    }
}
