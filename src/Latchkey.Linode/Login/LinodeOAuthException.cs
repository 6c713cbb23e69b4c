namespace Latchkey.Linode;

/// <summary>
/// A login, refresh or logout did not come about. Three cases that want different things done: the answer was no
/// (<see cref="OAuthRefusedException"/>), the network broke (<see cref="OAuthUnreachableException"/>), or whatever answered
/// does not speak OAuth (<see cref="NotOAuthException"/>). The message says what to do and never holds a secret.
/// </summary>
public abstract class LinodeOAuthException : Exception
{
    private protected LinodeOAuthException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
