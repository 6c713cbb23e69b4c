using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Tests.Consent;

/// <summary>A person before the question, and what came of the answer.</summary>
internal static class Asking
{
    public static async Task<(Browser Browser, Client Client)> ReadyAsync(LoginServerHost host)
    {
        await host.AddUserAsync();
        return (await host.LogInAsync(), await host.AddClientAsync());
    }

    public static async Task<PageForm> AskAsync(Browser browser, Client client) =>
        (await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent");

    public static async Task<IReadOnlyList<Grant>> GrantsAsync(LoginServerHost host) => await host.Get<IGrantStore>()
        .ListAsync(GrantFilter.All, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public static async Task<Grant> OnlyGrantAsync(LoginServerHost host) => Assert.Single(await GrantsAsync(host));

    public static void AssertClosed(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
        Assert.Equal("This question has been closed", answer.Heading);
    }
}
