using System.Diagnostics.Metrics;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Telemetry;

/// <summary>
/// What the login server counts. Every tag's values come from a closed set of our own, so that no request can make new ones;
/// none names a user, a client or a token.
/// </summary>
/// <remarks>Names and units follow OpenTelemetry's conventions; docs/guides/operate.md lists them.</remarks>
public sealed class LoginServerTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Latchkey.LoginServer";

    internal const string Implicit = "implicit";
    internal const string Personal = "personal";
    internal const string Token = "token";
    internal const string Revoke = "revoke";
    internal const string Introspect = "introspect";
    internal const string Authorize = "authorize";

    private readonly Counter<long> _issued;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _reused;

    public LoginServerTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(Name);
        _issued = meter.CreateCounter<long>("latchkey.token.issued", "{token}", "Access tokens issued; a refresh that is asked again is not counted again.");
        _refused = meter.CreateCounter<long>("latchkey.token.refused", "{request}", "Requests refused with an OAuth error.");
        _reused = meter.CreateCounter<long>("latchkey.token.reused", "{request}", "Codes and refresh tokens used again, whose grant was revoked for it.");
    }

    /// <summary><paramref name="by"/> is a grant type of ours, <see cref="Implicit"/> or <see cref="Personal"/>.</summary>
    internal void Issued(string by) => _issued.Add(1, new KeyValuePair<string, object?>("grant_type", by));

    internal void Refused(string endpoint, OAuthError error) => _refused.Add(
        1, new KeyValuePair<string, object?>("reason", error.Code), new KeyValuePair<string, object?>("endpoint", endpoint));

    internal void RefusedIf(IResult answer, string endpoint)
    {
        if (answer is OAuthErrorResult refusal)
        {
            Refused(endpoint, refusal.Error);
        }
    }

    /// <summary><paramref name="what"/> is the parameter that carried it.</summary>
    internal void Reused(string what) => _reused.Add(1, new KeyValuePair<string, object?>("kind", what));
}
