using System.Net;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Authorization;

/// <summary>One server for many wrong requests, none of which changes anything, and the two ways in which it refuses them.</summary>
public sealed class CasesServer : IAsyncLifetime
{
    internal LoginServerHost Host { get; private set; } = null!;

    internal Client Client { get; private set; } = null!;

    internal Client Public { get; private set; } = null!;

    internal Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await LoginServerHost.StartAsync();
        await Host.AddUserAsync();
        Client = await Host.AddClientAsync(new NewClient
        {
            Label = "App",
            RedirectUris = [App.Callback, "https://app.example/q?a=1&b=2", "http://127.0.0.1/cb", "http://[::1]/v6", "http://localhost/lo"],
        });
        Public = await Host.AddClientAsync(new NewClient { Label = "Public", RedirectUris = [App.Callback], Public = true });
        Browser = await Host.LogInAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal Task<Answer> AskAsync(params (string Name, string? Value)[] changes) => Browser.GetAsync(App.Authorize(Client, changes));

    internal async Task<Answer> ToldToThePersonAsync(params (string, string?)[] changes)
    {
        var answer = await AskAsync(changes);
        NotRedirected(answer);
        return answer;
    }

    internal async Task<Answer> RefusedAsync(string error, params (string, string?)[] changes)
    {
        var answer = await AskAsync(changes);
        Refused(answer, error);
        return answer;
    }

    internal static void NotRedirected(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
        Assert.DoesNotContain("code=", answer.Text);
        Assert.StartsWith("text/html", answer.Header("Content-Type"));
    }

    internal void Refused(Answer answer, string error, string? state = App.State)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(App.Callback + "?", answer.Location);
        Assert.Equal((error, state), (answer.Parameter(OAuthParameters.Error), answer.Parameter(OAuthParameters.State)));
        Assert.Equal(Host.Issuer, answer.Parameter(OAuthParameters.Issuer));
        Assert.Null(answer.Parameter(OAuthParameters.Code));
    }
}
