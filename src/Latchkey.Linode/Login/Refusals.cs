namespace Latchkey.Linode;

/// <summary>What the library refuses by itself, and what the server's words mean for an app.</summary>
internal static class Refusals
{
    public static OAuthRefusal WrongState { get; } = new(
        OAuthRefusalKind.WrongState,
        "wrong_state",
        "The callback does not belong to this login.",
        "Nothing was sent to the login server. Start the login again; the person may have used an old tab or link.");

    public static OAuthRefusal WrongIssuer { get; } = new(
        OAuthRefusalKind.WrongIssuer,
        "wrong_issuer",
        "The callback does not come from the login server that was asked.",
        "Nothing was sent. Check the base address, which must be what the server calls itself, and start the login again.");

    public static OAuthRefusal Malformed { get; } = new(
        OAuthRefusalKind.RequestRejected,
        "invalid_callback",
        "A parameter of the callback stands there twice.",
        "Nothing was sent to the login server. Start the login again.");

    public static OAuthRefusal NoCode { get; } = new(
        OAuthRefusalKind.RequestRejected,
        "invalid_callback",
        "The callback carries neither a code nor an error.",
        "Nothing was sent to the login server. Start the login again.");

    public static OAuthRefusal NoRefreshToken { get; } = new(
        OAuthRefusalKind.LogInAgain,
        "no_refresh_token",
        "The server gave no refresh token with this login.",
        "Send the person to log in again.");

    public static OAuthRefusal AnswerLost { get; } = new(
        OAuthRefusalKind.LogInAgain,
        "answer_lost",
        "The answer to a refresh was lost twice, and the refresh token may be spent.",
        "Send the person to log in again.");

    public static OAuthRefusal FromServer(string error, string? description) => error switch
    {
        "access_denied" => new(OAuthRefusalKind.AccessDenied, error, description, "The person said no; offer to try again."),
        "invalid_grant" => new(OAuthRefusalKind.LogInAgain, error, description, "Send the person to log in again."),
        "invalid_client" or "unauthorized_client" => new(
            OAuthRefusalKind.ClientRejected, error, description, "Check the client id and secret, and that the client is enabled."),
        "invalid_scope" => new(OAuthRefusalKind.RequestRejected, error, description, "Check the scopes that the app asks for."),
        "temporarily_unavailable" or "server_error" => new(
            OAuthRefusalKind.RequestRejected, error, description, "The login server has trouble; try again in a moment."),
        _ => new(OAuthRefusalKind.RequestRejected, error, description, "Check how the app is registered and what it sends."),
    };
}
