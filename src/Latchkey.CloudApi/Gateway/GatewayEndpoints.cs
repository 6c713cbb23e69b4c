using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Latchkey.CloudApi.Gateway;

/// <summary>
/// Profile, account and permissions live at the login server, which also checks the token for them: what comes for them is passed on
/// with its Authorization header. <c>/v4beta</c> is the same API as <c>/v4</c>.
/// </summary>
internal static class GatewayEndpoints
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    // Larger than what the login server takes (a thumbnail), small enough to be refused here instead of breaking off there.
    private const int LargestBody = 512 * 1024;

    public static void AddGateway(this IServiceCollection services)
    {
        services.AddHttpForwarder();

        // It writes a page of stack for each body that a caller breaks off; what an operator has to know is said below.
        services.Configure<LoggerFilterOptions>(o => o.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None));
        services.AddSingleton<LoginServerConnection>();
    }

    public static void MapGateway(this IEndpointRouteBuilder api)
    {
        api.Forward("profile");
        api.Forward("account");
        api.Forward("iam");
    }

    private static void Forward(this IEndpointRouteBuilder api, string name)
    {
        var services = api.ServiceProvider;
        var options = services.GetRequiredService<CloudApiOptions>();
        var forwarder = services.GetRequiredService<IHttpForwarder>();
        var connection = services.GetRequiredService<LoginServerConnection>();
        var transformer = new LoginServerTransformer($"/v4/{name}", options.AnswerMissingScopeAsLinode);
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GatewayEndpoints));
        var request = new ForwarderRequestConfig { ActivityTimeout = options.GatewayTimeout };

        api.MapMethods($"/{name}/{{**rest}}", Verbs, async (HttpContext context) =>
        {
            if (GatewayPath.Build(name, (string?)context.GetRouteValue("rest")) is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var error = await forwarder.SendAsync(context, options.LoginServer.AbsoluteUri, connection.Invoker, request, transformer);
            if (error != ForwarderError.None && !context.Response.HasStarted)
            {
                context.Response.StatusCode = Status(error, context.Response.StatusCode);
                if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                {
                    Log.LoginServerSilent(log, options.LoginServer, error);
                }
            }
        }).WithMetadata(Forwarded.Instance, new RequestSizeLimitAttribute(LargestBody));
    }

    // YARP tells a login server that is down (502) from one that is slow (504); to the caller both mean: come back later.
    private static int Status(ForwarderError error, int status) =>
        error is ForwarderError.RequestBodyClient ? status : status >= 500 ? StatusCodes.Status503ServiceUnavailable : status;
}

/// <summary>Marks a route whose token the login server checks itself.</summary>
internal sealed class Forwarded
{
    public static readonly Forwarded Instance = new();
}
