namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>
/// What goes wrong on purpose, so that whoever integrates sees what their app makes of it. For demos and tests: no server that
/// people rely on can be told to do any of this.
/// </summary>
public enum DeliberateFault
{
    /// <summary><c>drop-refresh-answer</c>: the first answer to each refresh is committed and then lost on the way.</summary>
    DropRefreshAnswer,

    /// <summary><c>slow</c>: tokens and the API answer late.</summary>
    Slow,

    /// <summary><c>429</c>: some calls for tokens and to the API are refused as too many.</summary>
    TooManyRequests,

    /// <summary><c>503</c>: some calls for tokens and to the API find the server unavailable.</summary>
    Unavailable,

    /// <summary><c>wrong-state</c>: the browser comes back to the app with a state that is not its own.</summary>
    WrongState,

    /// <summary><c>deny</c>: whoever has logged in has denied, without being asked.</summary>
    Deny,
}
