using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Envelope;

/// <summary>
/// A JSON answer whose content type is exactly <c>application/json</c>: Linode's Go client compares it by string equality
/// and takes anything else for a broken server.
/// </summary>
internal sealed class Answer(int status, object body) : IResult
{
    public const string ContentType = "application/json";

    public static Answer Ok(object body) => new(StatusCodes.Status200OK, body);

    /// <summary>Linode answers <c>{}</c> where there is nothing to say.</summary>
    public static Answer Done() => Ok(new Dictionary<string, string>());

    public static Answer NotFound() => Error(StatusCodes.Status404NotFound, Reasons.NotFound);

    public static Answer Refused(IReadOnlyList<ApiError> errors) => new(StatusCodes.Status400BadRequest, new ErrorBody(errors));

    public static Answer Error(int status, string reason, string? field = null) =>
        new(status, new ErrorBody([new ApiError(reason, field)]));

    public int Status => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
