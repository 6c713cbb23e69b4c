using Latchkey.Protocol;

namespace Latchkey.CloudApi;

/// <summary>What the simulated cloud needs to know.</summary>
public sealed class CloudApiOptions
{
    /// <summary>The directory that holds <c>cloud.db</c>. It must exist.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The login server: tokens are introspected there, and <c>/v4/profile</c> and <c>/v4/account</c> are forwarded to it.</summary>
    public required Uri LoginServer { get; init; }

    /// <summary>This API's own client id at the login server, registered with <c>client add --api</c>.</summary>
    public required string ClientId { get; init; }

    public required ClientSecret ClientSecret { get; init; }

    /// <summary>How the login server is reached, when not by ordinary sockets (a test with servers in memory).</summary>
    public Func<HttpMessageHandler>? LoginServerTransport { get; init; }

    /// <summary>Answer a missing scope with 401 as Linode does, instead of RFC 6750's 403.</summary>
    public bool AnswerMissingScopeAsLinode { get; init; }

    public SimulatedDurations Durations { get; init; } = new();

    public RateLimits RateLimits { get; init; } = new();

    /// <summary>A larger request body is answered with 413. The largest honest one is a StackScript in JSON.</summary>
    public int MaxBodyBytes { get; init; } = 512 * 1024;

    /// <summary>How long the login server may stay silent before a forwarded request is answered with 503.</summary>
    public TimeSpan GatewayTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many Linodes one user may have; more are refused as an account limit.</summary>
    public int MaxInstancesPerUser { get; init; } = 500;

    /// <summary>How many StackScripts one user may have.</summary>
    public int MaxStackScriptsPerUser { get; init; } = 500;
}
