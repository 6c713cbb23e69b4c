using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Envelope;

/// <summary>What a status says when nobody said more. The first five are Linode's own words.</summary>
internal static class Reasons
{
    public const string NotFound = "Not found";
    public const string MissingScope = "Your OAuth token is not authorized to use this endpoint.";

    public static string For(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Invalid Token",
        StatusCodes.Status403Forbidden => MissingScope,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status408RequestTimeout => "The request took too long to arrive.",
        StatusCodes.Status413PayloadTooLarge => "The request body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The request body must be application/json, uncompressed.",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "The request headers are too large.",
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout =>
            "The service is temporarily unavailable. Please try again.",
        >= 500 => "An unexpected error occurred.",
        _ => "The request could not be understood.",
    };
}
