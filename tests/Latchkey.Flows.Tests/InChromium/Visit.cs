using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Latchkey.Flows.Tests.InChromium;

/// <summary>One person's browser, and what it complained of: violations of the content security policy, requests to hosts that are not ours.</summary>
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
        visit.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Host != "localhost")
            {
                visit._complaints.Enqueue($"A request to {new Uri(request.Url).Host}");
            }
        };
        return visit;
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
