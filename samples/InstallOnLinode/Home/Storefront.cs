using Latchkey.Linode;
using Microsoft.Extensions.Options;

namespace InstallOnLinode.Home;

/// <summary>Reads what can be ordered from Linode's public lists, which answer to anybody.</summary>
internal sealed class Storefront(IOptions<InstallOnLinodeOptions> options)
{
    private readonly LinodeClient _linode = new("no-token", options.Value.ApiServer);

    public async Task<Choices> ReadAsync(CancellationToken cancellationToken)
    {
        var script = options.Value.StackScriptId is { } id ? _linode.StackScripts.GetAsync(id, cancellationToken) : null;
        var regions = _linode.Regions.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();
        var types = _linode.Linodes.Types.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();
        var images = _linode.Images.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();
        await Task.WhenAll(regions, types, images, script ?? Task.CompletedTask);
        return Choices.From(await regions, await types, await images, script is null ? null : await script);
    }
}
