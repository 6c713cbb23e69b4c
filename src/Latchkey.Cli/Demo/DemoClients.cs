using Latchkey.Core.Clients;
using Latchkey.Storage.Clients;

namespace Latchkey.Cli.Demo;

/// <summary>Registers the demo's clients, each once however often the demo runs on the same data.</summary>
internal sealed class DemoClients(ClientStore clients)
{
    private IReadOnlyList<Client>? _known;

    public async Task<RegisteredClient> RegisterAsync(NewClient wanted, CancellationToken cancellationToken)
    {
        _known ??= await clients.ListAsync(cancellationToken: cancellationToken);
        if (_known.FirstOrDefault(c => IsSame(c, wanted)) is not { } known)
        {
            return await clients.AddAsync(wanted, cancellationToken);
        }

        // Another port is another redirect URI.
        await clients.UpdateAsync(known.Id, redirectUris: wanted.RedirectUris, cancellationToken: cancellationToken);
        if (!known.IsActive)
        {
            await clients.SetStatusAsync(known.Id, ClientStatus.Active, cancellationToken);
        }

        return await clients.ResetSecretAsync(known.Id, cancellationToken)
            ?? new RegisteredClient((await clients.FindAsync(known.Id, cancellationToken))!, null);
    }

    private static bool IsSame(Client known, NewClient wanted) =>
        known.OwnerId is null && known.Label == wanted.Label && known.Public == wanted.Public
        && known.Api == wanted.Api && known.Compatibility == wanted.Compatibility;
}
