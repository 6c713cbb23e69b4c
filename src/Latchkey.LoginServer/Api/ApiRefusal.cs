namespace Latchkey.LoginServer.Api;

/// <summary>Why a call to the API is refused: status, Linode's reason, and the challenge of the RFC.</summary>
/// <remarks>RFC 6750 §3.</remarks>
internal sealed record ApiRefusal(int Status, string Reason, string? Challenge = null)
{
    public static readonly ApiRefusal NoToken = new(StatusCodes.Status401Unauthorized, "Invalid Token", "Bearer");
    public static readonly ApiRefusal InvalidToken = new(StatusCodes.Status401Unauthorized, "Invalid Token", "Bearer error=\"invalid_token\"");
    public static readonly ApiRefusal AmbiguousToken = new(StatusCodes.Status400BadRequest, "Send one token, in the Authorization header.", "Bearer error=\"invalid_request\"");
    public static readonly ApiRefusal TooLarge = new(StatusCodes.Status413PayloadTooLarge, "The request body is too large.");
    public static readonly ApiRefusal NotJson = new(StatusCodes.Status415UnsupportedMediaType, "The request body must be application/json, uncompressed.");
    public static readonly ApiRefusal NotPng = new(StatusCodes.Status415UnsupportedMediaType, "The request body must be image/png, uncompressed.");
    public static readonly ApiRefusal TooMany = new(StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly ApiRefusal NotFound = new(StatusCodes.Status404NotFound, "Not found");

    /// <summary>A living token that does not reach this far (RFC 6750 §3.1).</summary>
    public static ApiRefusal MissingScope(string needed, int status) => new(
        status,
        "Your OAuth token is not authorized to use this endpoint.",
        $"Bearer error=\"insufficient_scope\", scope=\"{needed}\"");
}
