using Latchkey.Linode;
using Microsoft.Extensions.Options;

namespace InstallOnLinode.Home;

/// <summary>Reads what can be ordered from Linode's public lists, which answer to anybody.</summary>
internal sealed class Storefront(IOptions<InstallOnLinodeOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly LinodeClient _linode = new("no-token", options.Value.ApiServer);

    /// <summary>What there is to choose from; null when Linode cannot say just now.</summary>
    public async Task<Choices?> ReadAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await ReadAllAsync(patience.Token);
        }
        catch (Exception e) when (e is LinodeApiException or HttpRequestException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<Choices> ReadAllAsync(CancellationToken cancellationToken)
    {
        var script = options.Value.StackScriptId is { } id ? _linode.Linodes.StackScripts.GetAsync(id, cancellationToken) : null;
        var regions = _linode.Regions.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();
        var types = _linode.Linodes.Types.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();
        var images = _linode.Images.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();
        await Task.WhenAll(regions, types, images, script ?? Task.CompletedTask);
        return Choices.From(await regions, await types, await images, script is null ? null : await script);
    }
}
