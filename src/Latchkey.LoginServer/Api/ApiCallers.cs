using Latchkey.LoginServer.Security;
using Latchkey.Protocol;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Api;

/// <summary>
/// Finds out who calls the account and profile API, once and before any route is looked for: so answers for paths that do
/// not exist say as well what the token may, and everyone is counted.
/// </summary>
internal sealed class ApiCallers(RequestDelegate next, ApiToken tokens, IOptions<LoginServerOptions> options, TimeProvider clock)
{
    private readonly CallWindows _calls = new(options.Value.ApiCallsPerMinute, TimeSpan.FromMinutes(1), clock);

    public Task InvokeAsync(HttpContext context) => ApiAnswers.IsApi(context) ? IdentifyAsync(context) : next(context);

    private async Task IdentifyAsync(HttpContext context)
    {
        var identified = await tokens.AuthenticateAsync(context.Request, context.RequestAborted);
        context.Features.Set(identified);
        var headers = context.Response.Headers;
        headers[ApiHeaders.Scopes] = identified.Caller?.Scopes.ToString() ?? "unknown";

        // By user, whatever tokens they make themselves. Tokens that are none open no window of their own: they are
        // made up faster than windows end.
        var count = _calls.Take(identified.Caller?.UserId.ToString() ?? PeerNetwork.Of(context.Connection.RemoteIpAddress));
        foreach (var (name, value) in count.Headers())
        {
            headers[name] = value;
        }

        await (count.Allowed ? next(context) : ApiJson.Refuse(context, ApiRefusal.TooMany).ExecuteAsync(context));
    }
}
