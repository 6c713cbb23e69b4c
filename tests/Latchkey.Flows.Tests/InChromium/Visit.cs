using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Latchkey.Flows.Tests.InChromium;

/// <summary>One person's browser, and what it complained of: errors of its scripts, violations of the content security policy, requests to hosts that are not ours.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    internal static async Task<Visit> StartAsync(IBrowserContext context)
    {
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Page.Console += (_, message) =>
        {
            if (message.Type == "error" || message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                visit._complaints.Enqueue(message.Text);
            }
        };
        visit.Page.PageError += (_, error) => visit._complaints.Enqueue(error);
        visit.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Host != "localhost")
            {
                visit._complaints.Enqueue($"A request to {new Uri(request.Url).Host}");
            }
        };
        return visit;
    }

    /// <summary>
    /// Until the whole page at an address that begins so has loaded. The page itself is asked, again and again: who waits for the event
    /// of a navigation misses one that comes between their look at the address and their wait.
    /// </summary>
    public async Task ArriveAsync(string address)
    {
        try
        {
            await Page.WaitForFunctionAsync("address => location.href.startsWith(address) && document.readyState === 'complete'", address);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Still at {new Uri(Page.Url).GetLeftPart(UriPartial.Path)}, not at {address}. {string.Join(' ', _complaints)}");
        }
    }

    /// <summary>Zero violations, zero strangers.</summary>
    public void AssertNoComplaints() => Assert.Empty(_complaints);

    /// <summary>Colours, labels, landmarks: what axe finds is a defect.</summary>
    public async Task AssertAccessibleAsync()
    {
        var result = await Page.RunAxe();
        Assert.Empty(result.Violations.Select(v => $"{v.Id}: {v.Help} ({v.Nodes.Length}) {v.Nodes[0].Html}"));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
