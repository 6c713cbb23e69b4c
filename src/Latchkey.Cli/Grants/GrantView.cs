using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Core.Grants;

namespace Latchkey.Cli.Grants;

/// <summary>Shows grants with the names of the users who gave them.</summary>
internal sealed class GrantView(LatchkeyData data)
{
    private readonly Dictionary<Guid, string?> _names = [];

    public async ValueTask<JsonObject> JsonAsync(Grant grant, CancellationToken cancellationToken) => new()
    {
        ["id"] = grant.Id.ToString("D"),
        ["client_id"] = grant.ClientId,
        ["username"] = await NameAsync(grant.UserId, cancellationToken),
        ["scopes"] = grant.Scopes.ToString(),
        ["resource"] = grant.Resource,
        ["state"] = grant.State.Word(),
        ["generation"] = grant.Generation,
        ["created"] = grant.CreatedAt.Text(),
        ["expires"] = grant.ExpiresAt?.Text(),
        ["revoked"] = grant.RevokedAt?.Text(),
        ["revoked_why"] = grant.RevokedWhy?.Word(),
    };

    public async ValueTask<string[]> RowAsync(Grant grant, CancellationToken cancellationToken) =>
    [
        grant.Id.ToString("D"),
        grant.ClientId ?? "(personal token)",
        await NameAsync(grant.UserId, cancellationToken) ?? "(deleted)",
        grant.Scopes.ToString(),
        grant.RevokedWhy is { } why ? $"{grant.State.Word()}: {why.Word()}" : grant.State.Word(),
        grant.CreatedAt.Text(),
    ];

    private async ValueTask<string?> NameAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(userId, out var name))
        {
            name = (await data.Accounts.FindAsync(userId, cancellationToken))?.UserName;
            _names[userId] = name;
        }

        return name;
    }
}
