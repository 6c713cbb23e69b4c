namespace Latchkey.Model.Tests.Model;

/// <content>The app's side: what becomes of codes and tokens.</content>
internal sealed partial class World
{
    public (string Answer, Reach? Ceiling) Redeem(Token code, App app, bool proven, bool rightRedirect, bool rightVerifier)
    {
        var grant = code.Grant;
        if (!proven || app.Disabled)
        {
            return ("invalid_client", null);
        }

        if (code.Kind != Kind.Code || code.Expires <= Now || grant.App != app || !rightRedirect || !rightVerifier || grant.Stage == Stage.Revoked)
        {
            return ("invalid_grant", null);
        }

        if (grant.Stage == Stage.Active)
        {
            grant.Stage = Stage.Revoked;
            return ("invalid_grant, and the grant ends", null);
        }

        grant.Stage = Stage.Active;
        grant.Generation = 1;
        grant.RotatedAt = Now;
        grant.Ends = Now + GrantLife;
        return ("tokens", Held(grant, grant.Scopes.And(app.Allowed)));
    }

    public (string Answer, Reach? Ceiling) Refresh(Token token, App app, bool proven, Reach? wanted)
    {
        var grant = token.Grant;
        if (!proven || app.Disabled)
        {
            return ("invalid_client", null);
        }

        if (token.Kind != Kind.Refresh || token.Expires <= Now || grant.App != app || grant.Stage != Stage.Active || grant.Ends <= Now)
        {
            return ("invalid_grant", null);
        }

        var again = token.Generation == grant.Generation - 1 && Now < grant.RotatedAt + RetryWindow;
        if (token.Generation != grant.Generation && !again)
        {
            grant.Stage = Stage.Revoked;
            return ("invalid_grant, and the grant ends", null);
        }

        var reach = grant.Scopes.And(app.Allowed);
        if (wanted is { } w && !reach.Covers(w))
        {
            return ("invalid_scope", null);
        }

        if (!again)
        {
            grant.Generation++;
            grant.RotatedAt = Now;
        }

        return (again ? "tokens, as before" : "tokens", Held(grant, wanted ?? reach));
    }

    public static string Revoke(Token token, App app, bool proven)
    {
        if (!proven || app.Disabled)
        {
            return "invalid_client";
        }

        if (token.Grant.Stage == Stage.Revoked)
        {
            return "ok";
        }

        if (token.Grant.App != app)
        {
            return "unauthorized_client";
        }

        token.Grant.Stage = Stage.Revoked;
        return "ok";
    }

    /// <summary>What a token reaches; null when it is dead.</summary>
    public Reach? Introspect(Token token) =>
        token.Kind is Kind.Access or Kind.Personal && token.Grant.Stage == Stage.Active && Now < token.Expires && Now < token.Grant.Ends
            ? token.Grant.Scopes.And(token.Ceiling ?? Reach.All)
            : null;

    /// <summary>Whether a refresh would yield something new: of one grant there are never two such tokens.</summary>
    public bool Rotates(Token token) =>
        token.Kind == Kind.Refresh && token.Grant.Stage == Stage.Active && token.Generation == token.Grant.Generation
        && Now < token.Expires && Now < token.Grant.Ends;

    private static Reach? Held(Grant grant, Reach to) => to == grant.Scopes ? null : to;
}
