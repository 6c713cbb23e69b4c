using System.Net;
using System.Text.Json;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>What a client got back, and from which node; no status when the connection broke first.</summary>
internal sealed record Answer(int Node, HttpStatusCode? Status, JsonElement Body)
{
    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>The protocol said no.</summary>
    public bool IsRefusal => Status == HttpStatusCode.BadRequest;

    /// <summary>It may have happened or not: no answer, or one that says that the server does not know.</summary>
    public bool IsUnknown => Status is null or HttpStatusCode.ServiceUnavailable;

    /// <summary>An introspection that calls the token alive.</summary>
    public bool IsActive => IsOk && Body.GetProperty("active").GetBoolean();

    public string Access => Body.GetProperty("access_token").GetString()!;

    public string Refresh => Body.GetProperty("refresh_token").GetString()!;

    // The body may hold tokens.
    public override string ToString() => $"node {Node}: {Status?.ToString() ?? "no answer"}";
}
