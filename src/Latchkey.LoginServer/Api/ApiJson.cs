using System.Text;
using System.Text.Json;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api;

/// <summary>Answers of the account and profile API: one JSON object, or Linode's envelope of errors.</summary>
internal static class ApiJson
{
    public static IResult Refuse(HttpContext context, ApiRefusal refusal)
    {
        if (refusal.Challenge is { } challenge)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
        }

        return View(refusal.Status, new ErrorBody([new ApiError(refusal.Reason)]));
    }

    public static IResult Ok(object view) => View(StatusCodes.Status200OK, view);

    /// <summary>JSON as it was kept; it was read strictly when it came.</summary>
    public static IResult Raw(string json) => new BytesResult(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(json));

    /// <summary>Linode answers <c>{}</c> where there is nothing to say.</summary>
    public static IResult Done() => Raw("{}");

    public static IResult NotFound(HttpContext context) => Refuse(context, ApiRefusal.NotFound);

    /// <summary>What is wrong with the request, all of it at once.</summary>
    public static IResult Bad(params IReadOnlyList<ApiError> errors) => View(StatusCodes.Status400BadRequest, new ErrorBody(errors));

    /// <summary>The part of a list that the request asks for.</summary>
    public static IResult List<T>(HttpContext context, FilterFields<T> fields, IEnumerable<T> items)
    {
        var request = context.Request;
        var (page, error) = Listing.Cut(fields, request.Query["page"], request.Query["page_size"], request.Headers[Listing.FilterHeader], items);
        return page is null ? Bad(error!) : Ok(page);
    }

    private static BytesResult View(int status, object view) => new(status, JsonSerializer.SerializeToUtf8Bytes(view, WireJson.Options));

    private sealed class BytesResult(int status, byte[] bytes) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "application/json";
            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
