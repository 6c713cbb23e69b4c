using Latchkey.Storage;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Health;

/// <summary>
/// What a load balancer or a supervisor asks, without a token. <c>/health/live</c> says that the process answers, and nothing of the
/// database: starting again does not mend that. <c>/health/ready</c> is 503 while logins and introspections would be, from the
/// moment the server is on its way out (<see cref="Readiness"/>), and when it has ended all writing.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", Methods, () => Results.Text("live"));
        endpoints.MapMethods("/health/ready", Methods, ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, IGrantStore grants, Database database, Readiness readiness, TimeProvider clock)
    {
        if (readiness.IsLeaving)
        {
            return NotReady("stopping");
        }

        if (database.WritesEnded is { } why)
        {
            return NotReady(why);
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            // No grant has this id. That the database says so is the answer.
            await grants.FindAsync(Guid.Empty, either.Token).AsTask().WaitAsync(either.Token);
            return Results.Text("ready");
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            return NotReady("the database does not answer");
        }
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
