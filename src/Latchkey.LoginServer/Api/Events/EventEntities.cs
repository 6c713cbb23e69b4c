using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.SshKeys;

namespace Latchkey.LoginServer.Api.Events;

/// <summary>Names the things of one user under today's label; what is gone is known by its number alone.</summary>
internal sealed class EventEntities
{
    private readonly UserProfile _user;
    private readonly Dictionary<(string Type, string Id), string> _labels = [];

    private EventEntities(UserProfile user) => _user = user;

    public static async Task<EventEntities> OfAsync(
        UserProfile user, ClientStore clients, PersonalTokenStore tokens, SshKeyStore keys, CancellationToken cancellationToken)
    {
        var entities = new EventEntities(user);
        foreach (var client in await clients.ListAsync(user.Id, cancellationToken))
        {
            entities._labels[("oauth_client", client.Id)] = client.Label;
        }

        foreach (var token in await tokens.ListAsync(user.Id, cancellationToken))
        {
            entities._labels[("token", token.Id.ToString())] = token.Label;
        }

        foreach (var key in await keys.ListAsync(user.Id, cancellationToken))
        {
            entities._labels[("user_ssh_key", key.Id.ToString())] = key.Label;
        }

        return entities;
    }

    public EventEntity? Of(AuditEvent happened, string type) => type switch
    {
        "profile" => new EventEntity(null, _user.UserName, type, "/v4/profile"),
        "account" => new EventEntity(null, _user.UserName, type, "/v4/account"),
        "user" => new EventEntity(_user.Uid, _user.UserName, type, $"/v4/account/users/{_user.UserName}"),
        "oauth_client" when happened.ClientId is { } id => new EventEntity(id, Label(type, id), type, $"/v4/account/oauth-clients/{id}"),
        "token" when int.TryParse(happened.Detail, out var id) => new EventEntity(id, Label(type, happened.Detail), type, $"/v4/profile/tokens/{id}"),
        "user_ssh_key" when int.TryParse(happened.Detail, out var id) => new EventEntity(id, Label(type, happened.Detail), type, $"/v4/profile/sshkeys/{id}"),
        _ => null,
    };

    private string Label(string type, string id) => _labels.GetValueOrDefault((type, id), id);
}
