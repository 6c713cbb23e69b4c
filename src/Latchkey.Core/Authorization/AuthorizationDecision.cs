using System.Diagnostics;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>What comes next for a valid request.</summary>
public abstract record AuthorizationDecision
{
    private AuthorizationDecision()
    {
    }

    public T Match<T>(Func<LogIn, T> logIn, Func<AskConsent, T> ask, Func<Issue, T> issue, Func<Refuse, T> refuse) => this switch
    {
        LogIn d => logIn(d),
        AskConsent d => ask(d),
        Issue d => issue(d),
        Refuse d => refuse(d),
        _ => throw new UnreachableException(),
    };

    /// <summary>Decides from the request, the login (null for none) and the remembered consent (null for none).</summary>
    /// <remarks>
    /// After a login that <c>prompt=login</c> or <c>max_age=0</c> asked for, come back without that parameter, or the
    /// question never ends.
    /// </remarks>
    public static AuthorizationDecision Decide(ValidRequest request, LoginFacts? login, ScopeSet? remembered, DateTimeOffset now)
    {
        var silent = request.Prompt.HasFlag(Prompt.None);
        if (login is null || MustLogInAgain(request, login, now))
        {
            return silent ? new Refuse(OAuthErrors.LoginRequired) : new LogIn();
        }

        // Answered without a page, the client would take whoever is logged in for the person it hinted at.
        if (silent && request.HasIdTokenHint)
        {
            return new Refuse(OAuthErrors.LoginRequired);
        }

        // The operator trusts the app, not whoever takes its client_id and listens on a loopback port.
        var mayReuse = MayReuseConsent(request);
        if (request.Identified.Client.Trusted && mayReuse)
        {
            return new Issue(request.Scopes);
        }

        var already = remembered is { } given ? given.Intersect(request.Scopes) : ScopeSet.Empty;
        var news = request.Scopes.Except(already);
        if (remembered is not null && news.IsEmpty && mayReuse)
        {
            return new Issue(request.Scopes);
        }

        if (silent)
        {
            return new Refuse(OAuthErrors.ConsentRequired);
        }

        // Asked again about what was granted before, the person sees all of it; otherwise only what is new.
        return mayReuse ? new AskConsent(news, already) : new AskConsent(request.Scopes, ScopeSet.Empty);
    }

    private static bool MustLogInAgain(ValidRequest request, LoginFacts login, DateTimeOffset now) =>
        request.Prompt.HasFlag(Prompt.Login)
        || request.Prompt.HasFlag(Prompt.SelectAccount)
        || (request.MaxAge is { } age && (age == TimeSpan.Zero || now - login.AuthenticatedAt >= age));

    // Anyone can pose as an app that has no secret and no address of its own, so its users are asked each time, however
    // much the operator trusts it (RFC 8252 §8.6, CVE-2023-34246).
    private static bool MayReuseConsent(ValidRequest request) =>
        !request.Prompt.HasFlag(Prompt.Consent)
        && (!request.Identified.Client.Public || request.Identified.RedirectUri.StartsWith("https://", StringComparison.Ordinal));

    /// <summary>Show the login page, then come back.</summary>
    public sealed record LogIn : AuthorizationDecision;

    /// <summary>Ask about <paramref name="Asked"/>; <paramref name="Already"/> was granted before and goes along.</summary>
    public sealed record AskConsent(ScopeSet Asked, ScopeSet Already) : AuthorizationDecision;

    /// <summary>Answer at once with a code for these scopes.</summary>
    public sealed record Issue(ScopeSet Granted) : AuthorizationDecision;

    /// <summary>Answer the client with an error.</summary>
    public sealed record Refuse(OAuthError Error) : AuthorizationDecision;
}
