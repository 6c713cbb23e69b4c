using System.Net;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Health;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Latchkey.LoginServer.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("GET", "/health/live", "live")]
    [InlineData("GET", "/health/ready", "ready")]
    [InlineData("HEAD", "/health/live", "live")]
    [InlineData("HEAD", "/health/ready", "ready")]
    public async Task A_running_server_is_live_and_ready(string method, string path, string says)
    {
        await using var server = await LoginServerHost.StartAsync();

        // The body of a HEAD is Kestrel's to leave out.
        Assert.Equal((HttpStatusCode.OK, says), await AskAsync(server, method, path));
    }

    [Fact]
    public async Task Without_its_database_it_is_live_and_not_ready()
    {
        var store = new Store(() => throw new StorageUnavailableException("Host=db.example.com does not answer"));
        await using var server = await LoginServerHost.StartAsync(services: s => s.Replace(ServiceDescriptor.Singleton<IGrantStore>(store)));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database does not answer"), await AskAsync(server, "GET", "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(server, "GET", "/health/live"));
    }

    [Fact]
    public async Task A_database_that_says_nothing_is_waited_for_two_seconds()
    {
        var asked = new TaskCompletionSource();
        var store = new Store(() =>
        {
            asked.SetResult();
            return new ValueTask<Grant?>(new TaskCompletionSource<Grant?>().Task);
        });
        await using var server = await LoginServerHost.StartAsync(services: s => s.Replace(ServiceDescriptor.Singleton<IGrantStore>(store)));

        var answer = AskAsync(server, "GET", "/health/ready");
        await asked.Task;
        server.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(answer.IsCompleted);
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database does not answer"), await answer);
    }

    [Fact]
    public async Task A_server_that_has_begun_to_stop_is_not_ready()
    {
        await using var server = await LoginServerHost.StartAsync();

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "stopping"), await AskAsync(server, "GET", "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(server, "GET", "/health/live"));
    }

    [Fact, Spec("F-19")]
    public async Task A_server_that_drains_is_not_ready_and_answers_as_before()
    {
        await using var server = await LoginServerHost.StartAsync();
        var readiness = server.Services.GetRequiredService<Readiness>();

        var drained = readiness.DrainAsync(TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "stopping"), await AskAsync(server, "GET", "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await AskAsync(server, "GET", "/health/live"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, "GET", "/login")).Status);
        server.Clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(drained.IsCompleted);
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await drained;
    }

    [Fact, Spec("F-19")]
    public async Task A_drain_that_is_cut_short_ends_as_any_other()
    {
        await using var server = await LoginServerHost.StartAsync();
        using var atOnce = new CancellationTokenSource();
        var drained = server.Services.GetRequiredService<Readiness>().DrainAsync(TimeSpan.FromMinutes(10), atOnce.Token);

        await atOnce.CancelAsync();

        await drained;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "stopping"), await AskAsync(server, "GET", "/health/ready"));
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(LoginServerHost server, string method, string path)
    {
        using var http = server.Services.GetRequiredService<IServer>() is TestServer test
            ? test.CreateClient()
            : throw new InvalidOperationException("Not in this process.");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await http.SendAsync(request);
        Assert.True(path == "/login" || !answer.Headers.Contains("Set-Cookie"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class Store(Func<ValueTask<Grant?>> find) : IGrantStore
    {
        public ValueTask<Grant?> FindAsync(Guid id, CancellationToken cancellationToken = default) => find();

        public Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task ConfirmAsync(Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
