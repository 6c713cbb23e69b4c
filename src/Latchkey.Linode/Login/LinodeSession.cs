namespace Latchkey.Linode;

/// <summary>
/// One person's token, kept fresh. However many calls find it expired at once, one refresh goes over the wire and all use
/// what it brings; once the refresh token is dead, every call says so without asking again.
/// </summary>
/// <remarks>
/// RFC 6749 §6, §10.4. Rotation makes a second refresh look like theft to the server, so share one session for each token
/// (in a cache keyed by the app's own session), and store what <see cref="TokenChanged"/> hands over.
/// </remarks>
public sealed class LinodeSession
{
    // Early enough that a token does not run out on the way; no more than a quarter of a short life, or such a token would
    // be refreshed for every call.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(60);

    private readonly LinodeLoginClient _login;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();

    // Set where TokenChanged runs: waiting there for the refresh would be waiting for itself.
    private readonly AsyncLocal<Storing?> _storing = new();
    private OAuthToken _token;
    private TimeSpan _early = Early;
    private OAuthRefusal? _ended;
    private Task<OAuthToken>? _refresh;

    /// <summary>A session over a token.</summary>
    /// <param name="login">What refreshes.</param>
    /// <param name="token">The token as it is now.</param>
    /// <param name="clock">What tells the time.</param>
    public LinodeSession(LinodeLoginClient login, OAuthToken token, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(token);
        _login = login;
        _token = token;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>
    /// Stores a new token, awaited before the calls that wait for it go on: a lost refresh token means logging in again. In it this
    /// session gives the new token; another refresh there is an <see cref="InvalidOperationException"/>.
    /// </summary>
    public Func<OAuthToken, CancellationToken, Task>? TokenChanged { get; init; }

    /// <summary>The token as it is now.</summary>
    public OAuthToken Token
    {
        get
        {
            lock (_gate)
            {
                return _token;
            }
        }
    }

    /// <summary>A token that is good for the next call, refreshed when it is about to run out.</summary>
    /// <param name="cancellationToken">Gives up waiting; the refresh goes on for the others.</param>
    /// <exception cref="OAuthRefusedException">The person has to log in again.</exception>
    /// <exception cref="OAuthUnreachableException">The login server was not reached; the next call tries again.</exception>
    /// <exception cref="NotOAuthException">What answered is not an OAuth server.</exception>
    /// <exception cref="InvalidOperationException"><see cref="TokenChanged"/> itself asks for another token.</exception>
    public async ValueTask<OAuthToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        OAuthToken token;
        TimeSpan early;
        bool isStoring;
        lock (_gate)
        {
            (token, early, isStoring) = (_token, _early, IsStoring);
        }

        // Without a known end the API will say when it has come.
        var isGood = token.ExpiresAt == default || token.ExpiresAt - _clock.GetUtcNow() > early;
        return isGood || isStoring ? token : await RefreshAsync(token, cancellationToken);
    }

    /// <summary>A token other than <paramref name="stale"/>: the one already there, or a new one.</summary>
    /// <param name="stale">The token that was refused.</param>
    /// <param name="cancellationToken">Gives up waiting; the refresh goes on for the others.</param>
    /// <inheritdoc cref="GetTokenAsync" path="/exception"/>
    public Task<OAuthToken> RefreshAsync(OAuthToken stale, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stale);
        lock (_gate)
        {
            if (!stale.AccessToken.Equals(_token.AccessToken))
            {
                return Task.FromResult(_token);
            }

            if (IsStoring)
            {
                throw new InvalidOperationException("TokenChanged cannot refresh: the refresh waits for it. Store the token, and use it afterwards.");
            }

            if (_ended is not null)
            {
                return Task.FromException<OAuthToken>(new OAuthRefusedException(_ended));
            }

            // Belongs to no caller: the first one to give up must not take the answer away from the others.
            var current = _token;
            _refresh ??= Task.Run(() => RefreshOnceAsync(current), CancellationToken.None);
            return _refresh.WaitAsync(cancellationToken);
        }
    }

    private bool IsStoring => _storing.Value is { Ended: false };

    private async Task<OAuthToken> RefreshOnceAsync(OAuthToken stale)
    {
        try
        {
            var token = await _login.RefreshAsync(stale, CancellationToken.None);
            lock (_gate)
            {
                // Before it is stored: when storing fails, the only good token must not be lost with it.
                _token = token;
                var quarter = (token.ExpiresAt - _clock.GetUtcNow()) / 4;
                _early = quarter < Early ? quarter : Early;
            }

            if (TokenChanged is { } store)
            {
                var storing = new Storing();
                _storing.Value = storing;
                try
                {
                    await store(token, CancellationToken.None);
                }
                finally
                {
                    // What was started there may go on: from now on it is a caller like any other.
                    storing.Ended = true;
                }
            }

            return token;
        }
        catch (OAuthRefusedException e) when (e.Refusal.Kind == OAuthRefusalKind.LogInAgain)
        {
            lock (_gate)
            {
                _ended = e.Refusal;
            }

            throw;
        }
        finally
        {
            lock (_gate)
            {
                _refresh = null;
            }
        }
    }

    private sealed class Storing
    {
        public volatile bool Ended;
    }
}
